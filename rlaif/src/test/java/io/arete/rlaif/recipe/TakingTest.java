package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run takes of another must be what it would have made, and would have let pass, itself. */
class TakingTest {

  private static final Map<String, String> INPUTS = Map.of("pairs", "abc");
  private static final RunManifest OWN = RunManifest.begin(1, Map.of("threads", "1"));

  @TempDir private Path other;

  @Test
  void takesTheSameOfTheSame() throws IOException {
    giver(Set.of(), "");
    assertThat(alike(INPUTS, "", Set.of())).contains(other);
    assertThat(alike(Map.of("pairs", "other"), "", Set.of())).isEmpty();
  }

  @Test
  void takesNothingThatOtherThresholdsJudged() throws IOException {
    giver(Set.of(), "gates: {held_out_accuracy_low: 0.1}\n");
    assertThat(alike(INPUTS, "", Set.of())).isEmpty();
    assertThat(alike(INPUTS, "gates: {held_out_accuracy_low: 0.1}\n", Set.of())).contains(other);
  }

  @Test
  void takesNothingForWhichAGateWasForcedThatHaltsHere() throws IOException {
    giver(Set.of("best-of"), "");
    assertThat(alike(INPUTS, "", Set.of())).isEmpty();
    assertThat(alike(INPUTS, "", Set.of("best-of"))).contains(other);
  }

  private void giver(Set<String> forced, String gates) throws IOException {
    StageRecord done = new StageRecord(StageRecord.State.DONE, INPUTS, "", forced, "");
    Files.writeString(other.resolve("run.json"), OWN.with(Stage.REWARD, done).toJson());
    Files.writeString(other.resolve("recipe.yaml"), recipe(gates));
  }

  private Optional<Path> alike(Map<String, String> inputs, String gates, Set<String> forced) {
    String thresholds =
        RecipeReader.parse(recipe(gates), "x", Path.of("/"), List.of()).fingerprint("gates");
    return new Taking(new Donors(Optional.empty(), List.of(other)))
        .alike(Stage.REWARD, inputs, OWN, thresholds, forced);
  }

  private static String recipe(String gates) {
    return "name: x\nbase: m\ndata: {prompts: p}\nsft: {enabled: false}\n" + gates;
  }
}
