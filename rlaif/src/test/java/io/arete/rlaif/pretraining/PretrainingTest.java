package io.arete.rlaif.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.PretrainRecipe;
import io.arete.rlaif.extension.Corpus;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.WeightedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model folder made from nothing must be whole, the same again, and say what it was taught. */
class PretrainingTest {

  private static final String RECIPE =
      """
      corpus: counting
      tokenizer: {vocabulary: 320, documents: 90}
      model: {hidden: 32, layers: 1, heads: 2, key_heads: 2, inner: 64, context: 64}
      training:
        steps: 30
        tokens_per_step: 400
        learning_rate: 1.0e-2
        warmup_steps: 3
        checkpoint_every: 4
      """;

  @TempDir private Path root;
  private final int threads = Threads.count();

  @AfterEach
  void threadsAsBefore() {
    Threads.use(threads);
  }

  @Test
  void cutAndContinuedGivesTheFilesOfOneThatWasNotCut() throws IOException {
    Path straight = root.resolve("straight");
    PretrainingResult result = pretrain(straight, Long.MAX_VALUE);
    assertThat(result.step()).isEqualTo(30);
    assertThat(result.loss()).isLessThan(3);
    Path cut = root.resolve("cut");
    pretrain(cut, 5);
    assertThat(digests(cut)).isNotEqualTo(digests(straight));
    pretrain(cut, 13);
    pretrain(cut, Long.MAX_VALUE);
    assertThat(digests(cut)).isEqualTo(digests(straight));
    pretrain(cut, Long.MAX_VALUE);
    assertThat(digests(cut)).isEqualTo(digests(straight));
  }

  @Test
  void theModelReadsConversationsAsItWasTaughtToWriteThem() throws IOException {
    Path folder = root.resolve("model");
    pretrain(folder, 1);
    try (ChatModel model = ChatModel.load(folder, Dtype.FLOAT32, Device.CPU)) {
      Corpus corpus = new CountingCorpus().open(1);
      List<WeightedText> texts = new Documents(corpus, model.tokenizer(), 64).document(3);
      List<Message> talk =
          corpus.document(3).get(0).stream().map(WeightedMessage::message).toList();
      int[] asRun =
          IntStream.of(
                  model.encoder().promptIds(talk.subList(0, 2)).length,
                  model.encoder().replyIds(talk.get(2).content()).length)
              .toArray();
      int[] ids = texts.get(0).ids();
      assertThat(ids).startsWith(model.encoder().promptIds(talk.subList(0, 2)));
      assertThat(IntStream.of(ids).skip(asRun[0]).limit(asRun[1]).toArray())
          .isEqualTo(model.encoder().replyIds(talk.get(2).content()));
      assertThat(IntStream.of(ids).skip(asRun[0] + asRun[1]).toArray())
          .startsWith(model.encoder().afterReply(talk.subList(0, 4)))
          .endsWith(model.encoder().replyIds("Yes."));
      assertThat(texts.get(0).weights()[asRun[0]]).isEqualTo(1);
    }
  }

  @Test
  void whatTwoTalksBeginWithIsLearntOnce() throws IOException {
    Path folder = root.resolve("model");
    pretrain(folder, 1);
    try (ChatModel model = ChatModel.load(folder, Dtype.FLOAT32, Device.CPU)) {
      Documents documents = new Documents(new CountingCorpus().open(1), model.tokenizer(), 64);
      List<WeightedText> texts = documents.document(0);
      int[] one = texts.get(0).ids();
      int[] two = texts.get(1).ids();
      for (int i = 0; i < two.length; i++) {
        boolean shared =
            i < one.length && IntStream.rangeClosed(0, i).allMatch(j -> one[j] == two[j]);
        assertThat(texts.get(1).weights()[i] > 0)
            .isEqualTo(!shared && !List.of(2, 3, 4).contains(two[i]));
      }
    }
  }

  @Test
  void anotherRecipeDoesNotGoOnInTheFolder() throws IOException {
    Path folder = root.resolve("model");
    pretrain(folder, 1);
    PretrainRecipe other = PretrainRecipe.read(recipe(), List.of("training.learning_rate=0.1"));
    assertThatThrownBy(() -> Pretraining.run(other, folder, 2, StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("another recipe");
  }

  @Test
  void anUnknownCorpusIsAnsweredWithThoseThatThereAre() throws IOException {
    PretrainRecipe other = PretrainRecipe.read(recipe(), List.of("corpus=counted"));
    assertThatThrownBy(() -> Pretraining.run(other, root.resolve("model"), 2, StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("There is no corpus \"counted\"")
        .hasMessageContaining("[counting]");
  }

  @Test
  void everyFaultOfARecipeIsNamed() throws IOException {
    Path file = Files.writeString(root.resolve("wrong.yaml"), "model: {hidden: 30, head: 4}\n");
    assertThatThrownBy(() -> PretrainRecipe.read(file, List.of()))
        .hasMessageContaining("unknown key model.head; the nearest is model.heads")
        .hasMessageContaining("corpus is missing");
    assertThatThrownBy(() -> PretrainRecipe.read(recipe(), List.of("model.hidden=30")))
        .hasMessageContaining("model.hidden is 30");
  }

  private PretrainingResult pretrain(Path folder, long until) throws IOException {
    return Pretraining.run(
        PretrainRecipe.read(recipe(), List.of()), folder, until, StageListener.SILENT);
  }

  private Path recipe() throws IOException {
    return Files.writeString(root.resolve("recipe.yaml"), RECIPE);
  }

  /** All files but the seconds of the clock, which the card tells, too. */
  private static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.matches("README.md|.*(times.json|\\.lock)")) {
          digests.put(name, Digests.file(file));
        }
      }
    }
    return digests;
  }
}
