package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.reward.GivenComparison;
import io.arete.rlaif.reward.PairTrial;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairTrainingRunTest {

  private static final List<String> SETTINGS =
      List.of(
          "dtype=float32",
          "threads=1",
          "reward.max_length=auto",
          "reward.epochs=6",
          "reward.batch_size=8",
          "reward.checkpoint_every=2",
          "gates.first_loss_tolerance=0.1");

  @TempDir private static Path root;

  @BeforeAll
  static void writeModel() throws IOException {
    TinyChatModel.write(root.resolve("model"), 5);
    Files.writeString(root.resolve("pairs.jsonl"), "{}\n");
  }

  private static List<GivenComparison> pairs(int count, int first) {
    List<GivenComparison> pairs = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      Prompt prompt = Prompt.of(List.of(Message.user("What about " + i + "?")));
      pairs.add(new GivenComparison("row-" + i, prompt, "Gladly", "Never", 0.9, 0, 1));
    }
    return pairs;
  }

  private static PairTrainingRun.Plan plan(
      String out, List<GivenComparison> pairs, Optional<List<GivenComparison>> heldOut) {
    return new PairTrainingRun.Plan(
        root.resolve("model"),
        root.resolve(out),
        root.resolve("pairs.jsonl"),
        pairs,
        heldOut,
        0.4,
        SETTINGS,
        Set.of(),
        Map.of());
  }

  @Test
  void aPlantedPreferenceIsLearnedAndTheModelCanBeTriedElsewhere() {
    List<GivenComparison> unseen = pairs(40, 500);
    PairTrainingRun.Result result =
        PairTrainingRun.run(
            plan("learned", pairs(100, 0), Optional.of(unseen)), StageListener.SILENT);

    assertThat(result.stop()).isEmpty();
    ObjectNode found = result.found();
    assertThat(found.path("pairs_trained").intValue()).isEqualTo(100);
    assertThat(found.path("n").intValue()).isEqualTo(40);
    assertThat(found.path("accuracy").doubleValue()).isGreaterThan(0.9);
    Path model = root.resolve("learned");
    assertThat(model.resolve("README.md")).content().contains("pairs.jsonl", "40");
    assertThat(model.resolve("training/checkpoint")).doesNotExist();
    try (ChatModel base = ChatModel.load(root.resolve("model"), Dtype.FLOAT32, Device.CPU)) {
      ObjectNode tried = new PairTrial(base, 64, StageListener.SILENT).run(List.of(model), unseen);
      assertThat(tried.path("models").path(model.toString()).path("accuracy"))
          .isEqualTo(found.path("accuracy"));
      assertThat(PairTrialTable.text(tried)).doesNotContain("NOTE");

      List<GivenComparison> some = Stream.concat(unseen.stream(), pairs(7, 0).stream()).toList();
      ObjectNode seen = new PairTrial(base, 64, StageListener.SILENT).run(List.of(model), some);
      assertThat(PairTrialTable.text(seen)).contains("trained on prompts of 7 of these pairs");
    }
  }

  @Test
  void aTrainingThatWasCutEndsWithTheSameBytes() {
    PairTrainingRun.run(plan("whole", pairs(40, 0), Optional.empty()), StageListener.SILENT);
    PairTrainingRun.Plan cut = plan("cut", pairs(40, 0), Optional.empty());
    for (int steps : new int[] {3, 5, 9}) {
      assertThatThrownBy(() -> PairTrainingRun.run(cut, new EndsAfter(steps)))
          .isInstanceOf(Cut.class);
    }
    PairTrainingRun.run(cut, StageListener.SILENT);

    // The name of the run stands nowhere in the model.
    assertThat(Digests.folder(root.resolve("cut")))
        .isEqualTo(Digests.folder(root.resolve("whole")));
  }

  @Test
  void nothingIsLearnedFromLabelsOfACoinAndTheModelIsKeptButRefused() {
    List<GivenComparison> coin =
        pairs(80, 0).stream()
            .map(
                one ->
                    new GivenComparison(
                        one.id(),
                        one.prompt(),
                        one.chosen(),
                        one.rejected(),
                        one.id().hashCode() % 2 == 0 ? 1 : 0,
                        0,
                        1))
            .toList();
    PairTrainingRun.Result result =
        PairTrainingRun.run(plan("coin", coin, Optional.empty()), StageListener.SILENT);

    assertThat(result.stop()).isPresent();
    assertThat(result.stop().get()).hasMessageContaining("stopped this model from being used");
    assertThat(root.resolve("coin/adapter_model.safetensors")).exists();
  }

  @Test
  void otherPairsOrSeenPromptsOrAForeignFolderAreRefusedBeforeAnythingIsDone() throws IOException {
    PairTrainingRun.run(plan("begun", pairs(30, 0), Optional.empty()), StageListener.SILENT);
    assertThatThrownBy(
            () ->
                PairTrainingRun.run(
                    plan("begun", pairs(31, 0), Optional.empty()), StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("was begun with other settings (pairs, split)");
    assertThatThrownBy(
            () ->
                PairTrainingRun.run(
                    plan("seen", pairs(30, 0), Optional.of(pairs(5, 29))), StageListener.SILENT))
        .hasMessageContaining("row-29 is among those to learn from");
    Files.createDirectories(root.resolve("foreign"));
    Files.writeString(root.resolve("foreign/notes.txt"), "mine");
    assertThatThrownBy(
            () ->
                PairTrainingRun.run(
                    plan("foreign", pairs(30, 0), Optional.empty()), StageListener.SILENT))
        .hasMessageContaining("holds files that no reward train made");
    try (Stream<Path> files = Files.list(root.resolve("foreign"))) {
      assertThat(files).hasSize(1);
    }
  }

  private static PairTrainingRun.Plan with(String override, PairTrainingRun.Plan plan) {
    return new PairTrainingRun.Plan(
        plan.base(),
        plan.out(),
        plan.file(),
        plan.pairs(),
        plan.heldOut(),
        plan.share(),
        List.of(override),
        plan.forced(),
        plan.versions());
  }

  /** Without margins reward.margin subtracts zeros: what was asked for would not be done. */
  @Test
  void marginsAreAskedForOnlyWherePairsHaveThem() {
    PairTrainingRun.Plan wrong =
        with("reward.margin=true", plan("margins", pairs(30, 0), Optional.empty()));

    assertThatThrownBy(() -> PairTrainingRun.run(wrong, StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("reward.margin is true, but no pair of")
        .hasMessageContaining("column margin");
    assertThat(wrong.out()).doesNotExist();
  }

  /** Another weight gives another model, so a training must not go on with it. */
  @Test
  void aTrainingDoesNotGoOnWithOtherWeights() {
    List<GivenComparison> pairs = new ArrayList<>(pairs(30, 0));
    PairTrainingRun.run(plan("weights", pairs, Optional.empty()), StageListener.SILENT);
    GivenComparison one = pairs.get(0);
    pairs.set(
        0,
        new GivenComparison(
            one.id(), one.prompt(), one.chosen(), one.rejected(), one.p(), one.margin(), 2));
    assertThatThrownBy(
            () ->
                PairTrainingRun.run(plan("weights", pairs, Optional.empty()), StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("was begun with other settings (pairs)");
  }

  /** A key that is taken and then not used would be believed to hold. */
  @Test
  void aKeyThatTrainingDoesNotUseIsRefused() {
    PairTrainingRun.Plan wrong =
        with("data.watch_share=0.1", plan("unused", pairs(30, 0), Optional.empty()));

    assertThatThrownBy(() -> PairTrainingRun.run(wrong, StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("does not use the key of data.watch_share=0.1")
        .hasMessageContaining("--held-out-share");
    assertThat(wrong.out()).doesNotExist();
  }

  /** Stands for a kill between two steps. */
  private static final class EndsAfter implements StageListener {

    private final int steps;
    private boolean training;
    private int done;

    EndsAfter(int steps) {
      this.steps = steps;
    }

    @Override
    public void begin(String task, String unit, long total) {
      training = unit.equals("steps");
    }

    @Override
    public void skip(long count) {}

    @Override
    public void advance(long count) {
      if (training && ++done == steps) {
        throw new Cut();
      }
    }

    @Override
    public void note(String sentence) {}
  }

  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
