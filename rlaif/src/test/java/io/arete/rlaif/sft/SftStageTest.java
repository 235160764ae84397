package io.arete.rlaif.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftStageTest {

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws Exception {
    tiny = new TinyRun(folder, 60);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private void run(String name, String... overrides) {
    tiny.in(name, StageListener.SILENT, List.of(overrides), new SftStage()::run);
  }

  @Test
  void theLossFallsOnWhatWasNotTrainedOnToo() throws Exception {
    run("run", "sft.epochs=4");

    List<Metric> metrics = MetricLog.read(folder.resolve("run/sft/metrics.jsonl"));
    double first = metrics.get(0).values().getOrDefault("loss", Double.NaN);
    double last = metrics.get(metrics.size() - 1).values().getOrDefault("loss", Double.NaN);
    assertThat(last).isLessThan(first - 1);
    String summary = Files.readString(folder.resolve("run/sft/summary.json"));
    assertThat(number(summary, "watch_loss_end"))
        .isLessThan(number(summary, "watch_loss_start") - 1);
    assertThat(folder.resolve("run/sft/adapter_model.safetensors")).exists();
    assertThat(folder.resolve("run/sft/checkpoint")).doesNotExist();
  }

  /** What judges at the end must not be learned by heart before, in whatever file it stands. */
  @Test
  void talksThatBeginAsAWatchOrVerdictPromptDoesAreLeftOut() throws Exception {
    List<String> lines = new ArrayList<>();
    int[] train = {0};
    tiny.in(
        "talks",
        StageListener.SILENT,
        List.of(),
        context -> {
          train[0] = context.data().prompts(Split.TRAIN).size();
          for (Prompt prompt : context.data().prompts()) {
            lines.add(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"  %s!\"},"
                        .formatted(prompt.firstWords().toUpperCase(Locale.ROOT))
                    + " {\"role\": \"assistant\", \"content\": \"yes\"}]}");
          }
        });
    Files.write(folder.resolve("talks.jsonl"), lines);
    run("apart", "sft.conversations=talks.jsonl", "sft.max_steps=1");
    String summary = Files.readString(folder.resolve("apart/sft/summary.json"));
    assertThat(train[0]).isBetween(1, lines.size() - 2);
    assertThat(number(summary, "conversations")).isEqualTo(train[0]);
  }

  @Test
  void howManyPassesABatchTakesDoesNotChangeTheAdapter() {
    run("one", "sft.lora.dropout=0", "sft.tokens_per_pass=100000", "sft.max_steps=3");
    run("many", "sft.lora.dropout=0", "sft.tokens_per_pass=16", "sft.max_steps=3");

    // AdamW blows rounding up where a gradient is almost 0; one step moves a weight by up to 2e-4.
    assertThat(tiny.weights("many/sft")).containsExactly(tiny.weights("one/sft"), within(5e-5f));
  }

  @Test
  void aStageThatWasCutAgainAndAgainEndsWithTheSameBytes() throws Exception {
    run("straight");
    int cuts = 0;
    for (int moment : new int[] {1, 2, 3, 4, 5, 3, 2}) {
      try {
        tiny.in("cut", TinyRun.failingAt(moment), List.of(), new SftStage()::run);
      } catch (TinyRun.Killed killed) {
        cuts++;
      }
    }
    run("cut");

    assertThat(cuts).isGreaterThanOrEqualTo(5);
    assertThat(tiny.files("cut")).isEqualTo(tiny.files("straight"));
  }

  @Test
  void turnedOffItLeavesThePlainBase() {
    tiny.in(
        "off",
        StageListener.SILENT,
        List.of("sft.enabled=false"),
        context -> {
          new SftStage().run(context);
          try (StackedModel model = context.tuned()) {
            assertThat(model.decoder()).isSameAs(context.model().decoder());
            assertThat(model.adapters()).isSameAs(Adapters.NONE);
          }
        });

    assertThat(folder.resolve("off/sft/adapter_config.json")).doesNotExist();
  }

  @Test
  void whatLaterStagesLoadIsTheTrainedAdapter() {
    tiny.in(
        "run",
        StageListener.SILENT,
        List.of("sft.max_steps=1"),
        context -> {
          new SftStage().run(context);
          assertThat(loaded(context)).isEqualTo(tiny.weights("run/sft"));
        });
  }

  @Test
  void repliesThatAreAllTooLongAreOneSentence() throws Exception {
    Files.writeString(
        folder.resolve("long.jsonl"),
        """
        {"messages": [{"role": "user", "content": "hi"},
          {"role": "assistant", "content": "one two three four five six seven eight nine"}]}
        """
            .replaceAll("\\s*\n\\s*", " "));
    assertThatThrownBy(() -> run("long", "sft.max_tokens=8", "sft.conversations=long.jsonl"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("no conversation left")
        .hasMessageContaining("sft.max_tokens 8");
  }

  @Test
  void onlyTheAssistantsTokensAreLearnedAndTheLeftIsCutFirst() {
    Dialogue talk =
        new Dialogue(
            "talk",
            List.of(
                Message.user("hello there"),
                Message.assistant("hi"),
                Message.user("how are you"),
                Message.assistant("fine")));
    int end = tiny.model().encoder().endOfTurnId();
    SftExample whole = example(talk, 1000);
    int[] hi = tiny.model().encoder().replyIds("hi");
    int[] fine = tiny.model().encoder().replyIds("fine");

    assertThat(whole.targets()).containsExactly(concat(hi, fine)).endsWith(end);
    assertThat(whole.ids()).endsWith(fine);

    SftExample cut = example(talk, whole.ids().length - whole.learned()[0]);
    assertThat(cut.targets()).as("a reply without its beginning is context").isEqualTo(fine);
    assertThat(cut.ids()).hasSize(whole.ids().length - whole.learned()[0]);

    SftTexts tight = new SftTexts(tiny.model().encoder(), fine.length);
    assertThat(tight.examples(List.of(talk)).dropped()).isEqualTo(1);
  }

  private SftExample example(Dialogue talk, int maxTokens) {
    return new SftTexts(tiny.model().encoder(), maxTokens)
        .examples(List.of(talk))
        .examples()
        .get(0);
  }

  private static float[] loaded(StageContext context) {
    DecoderModel base = context.model().decoder();
    try (Adapter adapter =
        AdapterFiles.read(context.folder().stage(Stage.SFT), base.config(), base.device())) {
      return adapter.parameters().values().toFloats();
    }
  }

  private static int[] concat(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static double number(String json, String key) {
    return Double.parseDouble(json.replaceAll("(?s).*\"" + key + "\" : ([-0-9.eE]+).*", "$1"));
  }
}
