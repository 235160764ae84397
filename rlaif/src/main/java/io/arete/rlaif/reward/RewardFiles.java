package io.arete.rlaif.reward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.training.ResultFile;
import java.nio.file.Path;

/** What a reward model's folder holds beside its adapter and head. */
public final class RewardFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIMIT_BYTES = 1 << 20;

  private RewardFiles() {}

  /** How it does on held-out pairs, and what it was trained on. */
  public static Path evaluation(Path folder) {
    return folder.resolve("evaluation.json");
  }

  /** The constants that put its scores on the common scale; the last file to be written. */
  public static Path normalization(Path folder) {
    return folder.resolve("normalization.json");
  }

  /**
   * Reads the constants.
   *
   * @throws AreteException if they are missing or cannot normalise
   */
  public static ScoreNormalizer normalizer(Path folder) {
    Path file = normalization(folder);
    try {
      JsonNode root = MAPPER.readTree(BoundedText.read(file, LIMIT_BYTES));
      if (root.path("mean").isNumber() && root.path("sd").isNumber()) {
        return new ScoreNormalizer(root.path("mean").doubleValue(), root.path("sd").doubleValue());
      }
      throw new AreteException(
          file + " needs the numbers mean and sd; train the reward model again.");
    } catch (JsonProcessingException e) {
      throw new AreteException(file + " is not valid JSON; train the reward model again.", e);
    }
  }

  static void write(Path folder, ScoreNormalizer normalizer, int n) {
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("mean", normalizer.mean())
            .put("sd", normalizer.sd())
            .put("n", n);
    ResultFile.write(normalization(folder), root);
  }
}
