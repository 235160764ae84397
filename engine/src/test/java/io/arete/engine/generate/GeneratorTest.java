package io.arete.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache, the batch and the order of requests must not change. */
class GeneratorTest {

  private static final Set<Integer> END = Set.of(7, 20, 33);

  private static DecoderModel model;
  private static Adapter adapter;
  private static FrozenStack stack;

  @BeforeAll
  static void load() {
    model = TinyModels.llama(Dtype.FLOAT32);
    adapter = TinyModels.adapter(model, false, 12);
    stack = new FrozenStack(List.of(adapter), model.config().layers(), Dtype.FLOAT32);
  }

  @AfterAll
  static void close() {
    stack.close();
    adapter.close();
    model.close();
  }

  @Test
  void theCacheGivesWhatReadingTheWholeTextAnewGives() {
    for (int[] prompt : TinyModels.sequences(CountedRandom.of(2), 4, 12)) {
      Request request = new Request(prompt, 20, CountedRandom.of(1));
      Reply reply =
          new Generator(model, stack, Set.of(), 1)
              .generate(List.of(request), new Sampling.Greedy())
              .get(0);
      int[] text = prompt;
      for (int id : reply.ids()) {
        assertThat(id).isEqualTo(mostProbable(text));
        text = append(text, id);
      }
    }
  }

  @Test
  void repliesDoNotDependOnBatchSizeOrOrderAsOthersLeaveAndEnter() {
    List<Request> requests = requests(30);
    List<Reply> expected = new Generator(model, stack, END, 1).generate(requests, sampling());
    assertThat(expected).anyMatch(reply -> reply.ended() == Reply.Ended.TURN);
    assertThat(expected).anyMatch(reply -> reply.ended() == Reply.Ended.LENGTH);
    int[] order = CountedRandom.of(4).shuffle(requests.size());
    List<Request> shuffled = Arrays.stream(order).mapToObj(requests::get).toList();
    for (int running : new int[] {3, 8, 100}) {
      List<Reply> found = new Generator(model, stack, END, running).generate(shuffled, sampling());
      for (int i = 0; i < order.length; i++) {
        assertThat(found.get(i).ids())
            .as("request %d of %d at once", order[i], running)
            .containsExactly(expected.get(order[i]).ids());
      }
    }
  }

  @Test
  void repliesDoNotDependOnHowManyThreadsShareThem() {
    List<Request> requests = requests(30);
    List<Reply> expected = new Generator(model, stack, END, 12).generate(requests, sampling());
    List<Reply> told = new ArrayList<>();
    List<List<Reply>> found = new ArrayList<>();
    TinyModels.withThreads(
        3,
        () ->
            found.add(
                new Generator(model, stack, END, 12).generate(requests, sampling(), told::add)));
    for (int i = 0; i < requests.size(); i++) {
      assertThat(found.get(0).get(i).ids()).containsExactly(expected.get(i).ids());
    }
    assertThat(told).hasSameSizeAs(requests);
  }

  @Test
  void aReplyStopsAtItsEndOfTurnOrItsLimitAndNowhereElse() {
    List<Request> requests = requests(30);
    List<Reply> replies = new Generator(model, stack, END, 9).generate(requests, sampling());
    for (int i = 0; i < replies.size(); i++) {
      Reply reply = replies.get(i);
      boolean ended = reply.ended() == Reply.Ended.TURN;
      assertThat(Arrays.stream(reply.content()).noneMatch(END::contains)).isTrue();
      assertThat(END.contains(reply.ids()[reply.ids().length - 1])).isEqualTo(ended);
      if (!ended) {
        assertThat(reply.ids()).hasSize(requests.get(i).maxNewTokens());
      }
    }
  }

  @Test
  void logProbsAreThoseOfReadingTheTextAnew() {
    List<Request> requests = requests(20);
    List<Reply> replies = new Generator(model, stack, END, 6).generate(requests, sampling());
    for (int i = 0; i < replies.size(); i++) {
      Rereading.assertLogProbs(model, stack, 0.8, requests.get(i).prompt(), replies.get(i));
    }
  }

  /** Reading cuts a text of more than 384 tokens into pieces; the cache never does. */
  @Test
  void logProbsOfALongReplyAreThoseOfReadingItInPieces(@TempDir Path folder) {
    Path files = TinyChatModel.write(folder.resolve("model"), 5);
    try (DecoderModel longer = DecoderModel.load(files, Dtype.FLOAT32, Device.CPU)) {
      Request request = new Request(new int[] {5, 6, 7}, 420, CountedRandom.of(1));
      Reply reply =
          new Generator(longer, Adapters.NONE, Set.of(), 1)
              .generate(List.of(request), Sampling.plain())
              .get(0);
      Rereading.assertLogProbs(longer, Adapters.NONE, 1, request.prompt(), reply);
    }
  }

  @Test
  void whatDoesNotFitTheContextIsRefusedBeforeAnythingIsComputed() {
    Generator generator = new Generator(model, Adapters.NONE, END, 4);
    Request tooLong = new Request(new int[100], 29, CountedRandom.of(1));
    assertThatThrownBy(() -> generator.generate(List.of(tooLong), Sampling.plain()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("context of 128");
    Request endless = new Request(new int[100], Integer.MAX_VALUE, CountedRandom.of(1));
    assertThatThrownBy(() -> generator.generate(List.of(endless), Sampling.plain()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("context of 128");
    assertThatThrownBy(() -> new Generator(model, Adapters.NONE, END, 0))
        .hasMessageContaining("maxRunning 0");
    assertThat(generator.generate(List.of(), Sampling.plain())).isEmpty();
  }

  private static Sampling sampling() {
    return new Sampling.Random(0.8, 0.95, 50);
  }

  private static List<Request> requests(int count) {
    List<int[]> prompts = TinyModels.sequences(CountedRandom.of(3), count, 30);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int longest = 1 + CountedRandom.of(5).below(25, i);
      requests.add(new Request(prompts.get(i), longest, CountedRandom.of(9).at(i)));
    }
    return requests;
  }

  private static int mostProbable(int[] text) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor hidden = model.trunk(Forest.of(List.of(text)), stack);
      Tensor last = hidden.narrow(0, text.length - 1, 1);
      return (int) model.logits(model.norm(last)).argmax(1).toLongs()[0];
    }
  }

  private static int[] append(int[] text, int id) {
    int[] longer = Arrays.copyOf(text, text.length + 1);
    longer[text.length] = id;
    return longer;
  }
}
