package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reward model of a run said of its held-out pairs, in z units.
 *
 * @param byComparison the scores of both texts, by the comparison's name
 */
record HeldOutScores(Map<String, Scores> byComparison) {

  /** One pair's two scores, z units. */
  record Scores(double first, double second) {

    double difference() {
      return first - second;
    }
  }

  private record Line(String comparison, Scores scores) {}

  /** Reads a reward model's folder. */
  static HeldOutScores read(Path folder) {
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

  private static double score(ObjectNode row, String name) {
    JsonNode value = row.path(name);
    if (!value.isNumber()) {
      throw new AreteException("the field " + name + " is no number; repeat the reward stage");
    }
    return value.doubleValue();
  }
}
