package io.arete.rlaif.bestof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is sampled.
 *
 * @param prompts how many watch prompts at most, at least 2
 * @param samples conversations of each: a power of 4, at least 4
 */
public record BestOfPlan(int prompts, int samples) {

  /** Rejects what no table can be made of. */
  public BestOfPlan {
    if (prompts < 2) {
      throw new IllegalArgumentException(
          "prompts is " + prompts + " but an interval needs at least 2");
    }
    int[] counts = BestOfN.counts(samples);
    if (samples < 4 || counts[counts.length - 1] != samples) {
      throw new IllegalArgumentException(
          "samples is " + samples + " but must be a power of 4: 4, 16, 64, ...");
    }
  }

  /** The plan with all that the samples and their scores depend on. */
  ObjectNode toJson(RunFolder folder, PpoFormulas formulas, long seed) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompts", prompts)
        .put("samples", samples)
        .put("seed", seed)
        .put("ensemble", formulas.ensemble().describe())
        .put("missing_end", formulas.missingEnd().toString())
        .put("sft", digest(folder.stage(Stage.SFT)))
        .put("reward", digest(folder.stage(Stage.REWARD)));
  }

  private static String digest(Path stage) {
    return Files.isDirectory(stage) ? Digests.folder(stage) : "none";
  }
}
