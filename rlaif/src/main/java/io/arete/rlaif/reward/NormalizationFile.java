package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;

/** The constants of a reward model's normaliser on disk: {@code {"mean": …, "sd": …, "n": …}}. */
public final class NormalizationFile {

  /** The file's name in the reward model's folder. */
  public static final String NAME = "normalization.json";

  private NormalizationFile() {}

  /**
   * The constants of a reward model.
   *
   * @param folder the reward model's
   * @throws AreteException if the file is missing or damaged
   */
  public static ScoreNormalizer read(Path folder) {
    Path file = folder.resolve(NAME);
    JsonNode root = JsonFile.read(file);
    return new ScoreNormalizer(number(file, root, "mean"), number(file, root, "sd"));
  }

  /**
   * Writes the constants of a reward model.
   *
   * @param folder the reward model's
   * @param samples how many reference samples they were made from
   */
  public static void write(Path folder, ScoreNormalizer normalizer, int samples) {
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("mean", normalizer.mean())
            .put("sd", normalizer.sd())
            .put("n", samples);
    AtomicFile.writeText(folder.resolve(NAME), JsonFile.text(root));
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
