package io.arete.rlaif.reward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;

/** The constants of a reward model's normaliser on disk: {@code {"mean": …, "sd": …, "n": …}}. */
public final class NormalizationFile {

  /** The file's name in the reward model's folder. */
  public static final String NAME = "normalization.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIMIT_BYTES = 1 << 12;

  private NormalizationFile() {}

  /**
   * The constants of a reward model.
   *
   * @param folder the reward model's
   * @throws AreteException if the file is missing or damaged
   */
  public static ScoreNormalizer read(Path folder) {
    Path file = folder.resolve(NAME);
    JsonNode root = parse(file, BoundedText.read(file, LIMIT_BYTES));
    return new ScoreNormalizer(number(file, root, "mean"), number(file, root, "sd"));
  }

  /**
   * Writes the constants of a reward model.
   *
   * @param folder the reward model's
   * @param samples how many reference samples they were made from
   */
  public static void write(Path folder, ScoreNormalizer normalizer, int samples) {
    String text =
        MAPPER
            .createObjectNode()
            .put("mean", normalizer.mean())
            .put("sd", normalizer.sd())
            .put("n", samples)
            .toPrettyString();
    AtomicFile.writeText(folder.resolve(NAME), text + "\n");
  }

  private static JsonNode parse(Path file, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AreteException(file + " is not valid JSON; repeat the reward stage.", e);
    }
  }

  private static double number(Path file, JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (!value.isNumber()) {
      throw new AreteException(
          file + " needs the number " + name + " but has none; repeat the reward stage.");
    }
    return value.doubleValue();
  }
}
