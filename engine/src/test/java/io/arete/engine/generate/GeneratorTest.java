package io.arete.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
    List<Request> requests = requests(60);
    List<Reply> expected = new Generator(model, stack, END, 1).generate(requests, sampling());
    assertThat(expected).anyMatch(reply -> reply.ended() == Reply.Ended.TURN);
    assertThat(expected).anyMatch(reply -> reply.ended() == Reply.Ended.LENGTH);
    int[] order = CountedRandom.of(4).shuffle(requests.size());
    List<Request> shuffled = Arrays.stream(order).mapToObj(requests::get).toList();
    for (int running : new int[] {2, 5, 17, 100}) {
      List<Reply> finished = new ArrayList<>();
      List<Reply> found =
          new Generator(model, stack, END, running).generate(shuffled, sampling(), finished::add);
      assertThat(finished).hasSize(requests.size()).containsAll(found);
      for (int i = 0; i < order.length; i++) {
        assertThat(found.get(i).ids())
            .as("request %d of %d at once", order[i], running)
            .containsExactly(expected.get(order[i]).ids());
      }
    }
  }

  @Test
  void aReplyStopsAtItsEndOfTurnOrItsLimitAndNowhereElse() {
    List<Request> requests = requests(60);
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
  void logProbsAreThoseOfReadingThePassAgain() {
    List<Request> requests = requests(20);
    List<Reply> replies = new Generator(model, stack, END, 6).generate(requests, sampling());
    for (int i = 0; i < replies.size(); i++) {
      int[] prompt = requests.get(i).prompt();
      int[] ids = replies.get(i).ids();
      int[] text = Arrays.copyOf(prompt, prompt.length + ids.length);
      System.arraycopy(ids, 0, text, prompt.length, ids.length);
      int[] rows = new int[ids.length];
      int first = prompt.length - 1;
      Arrays.setAll(rows, at -> first + at);
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        Tensor hidden = model.trunk(Forest.of(List.of(text)), stack);
        double[] expected = new ChunkedLogProbs(model, 0.8).read(hidden, rows, ids);
        for (int at = 0; at < ids.length; at++) {
          assertThat(replies.get(i).logProbs()[at]).isCloseTo(expected[at], within(1e-4));
        }
      }
    }
  }

  @Test
  void whatDoesNotFitTheContextIsRefusedBeforeAnythingIsComputed() {
    Generator generator = new Generator(model, Adapters.NONE, END, 4);
    Request tooLong = new Request(new int[100], 29, CountedRandom.of(1));
    assertThatThrownBy(() -> generator.generate(List.of(tooLong), Sampling.plain()))
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
      int longest = 1 + CountedRandom.of(5).below(40, i);
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
