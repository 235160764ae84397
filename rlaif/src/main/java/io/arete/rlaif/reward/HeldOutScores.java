package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reward model said of pairs, such as those that its run held out, in z units.
 *
 * @param byComparison the scores of both texts, by the comparison's name
 */
public record HeldOutScores(Map<String, Scores> byComparison) {

  /** One pair's two scores, z units. */
  public record Scores(double first, double second) {

    double difference() {
      return first - second;
    }
  }

  private record Line(String comparison, Scores scores) {}

  /** The scores of a comparison that is there. */
  Scores of(String comparison) {
    return Objects.requireNonNull(byComparison.get(comparison), comparison);
  }

  /** First less second text's score; 0 if the comparison is not there. */
  public double lead(String comparison) {
    Scores scores = byComparison.get(comparison);
    return scores == null ? 0 : scores.difference();
  }

  /** Whether a reward model's folder has them; those of early builds have not. */
  public static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(RewardEvaluation.PAIRS));
  }

  /**
   * Reads a reward model's folder.
   *
   * @throws AreteException if it has no scores of held-out pairs, or no constants
   */
  public static HeldOutScores read(Path folder) {
    ScoreNormalizer normalizer = NormalizationFile.read(folder);
    List<Line> lines =
        JsonLines.read(
            folder.resolve(RewardEvaluation.PAIRS),
            0,
            (number, row) ->
                Optional.of(
                    new Line(
                        row.path("comparison").asText(),
                        new Scores(
                            normalizer.z(score(row, "first_score")),
                            normalizer.z(score(row, "second_score"))))));
    Map<String, Scores> scores = new LinkedHashMap<>();
    lines.forEach(line -> scores.put(line.comparison(), line.scores()));
    return new HeldOutScores(scores);
  }

  /** Of what was just read. */
  static HeldOutScores of(ReadPairs read, ScoreNormalizer normalizer) {
    Map<String, Scores> scores = new LinkedHashMap<>();
    for (int i = 0; i < read.pairs().size(); i++) {
      scores.put(
          read.pairs().get(i).comparison(),
          new Scores(normalizer.z(read.scores()[2 * i]), normalizer.z(read.scores()[2 * i + 1])));
    }
    return new HeldOutScores(scores);
  }

  private static double score(ObjectNode row, String name) {
    JsonNode value = row.path(name);
    if (!value.isNumber()) {
      throw new AreteException("the field " + name + " is no number; repeat the reward stage");
    }
    return value.doubleValue();
  }
}
