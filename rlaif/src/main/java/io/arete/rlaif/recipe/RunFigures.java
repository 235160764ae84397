package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.evaluation.Doubt;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.evaluation.Outcome;
import io.arete.rlaif.evaluation.VerdictDoubts;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.RunStop;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StagePeaks;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.run.StageTimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run has found so far, prompt by prompt where it can be compared with other runs; read from
 * its files, also while it runs.
 *
 * @param state in words, such as {@code stopped before ppo}
 * @param reason why it was stopped; empty otherwise
 * @param byPrompt each figure's numbers by prompt id; none of a figure that is not there yet
 * @param doubts what in its evaluation keeps a score that rose from being a gain
 * @param trulyRight share of held-out pairs whose truly better text has the higher score, mean over
 *     the facets; empty where no truth is known
 * @param seconds of the clock by stage, those of taken results too
 * @param peaks the most memory by stage, in bytes
 */
record RunFigures(
    String state,
    String reason,
    Map<Figure, Map<String, Double>> byPrompt,
    List<Doubt> doubts,
    OptionalDouble trulyRight,
    Map<Stage, Double> seconds,
    Map<Stage, Double> peaks) {

  /** What is compared of runs. */
  enum Figure {
    /** Share of a prompt's held-out pairs that the reward models order as their labels do. */
    ACCURACY("reward_accuracy"),
    /** Ensemble score, tuned less base. */
    SCORE("score_tuned_minus_base"),
    /** True worth, tuned less base. */
    WORTH("true_worth_tuned_minus_base");

    private final String wireName;

    Figure(String wireName) {
      this.wireName = wireName;
    }

    /** The name in files. */
    String wireName() {
      return wireName;
    }
  }

  static RunFigures read(Path run) {
    if (!Files.exists(run.resolve("run.json"))) {
      return new RunFigures(
          "not begun", "", Map.of(), List.of(), OptionalDouble.empty(), Map.of(), Map.of());
    }
    RunManifest manifest = RunManifest.ofRun(run);
    Map<Figure, Map<String, Double>> figures = new LinkedHashMap<>();
    figures.put(Figure.ACCURACY, accuracy(run));
    figures.put(Figure.SCORE, score(run));
    figures.put(Figure.WORTH, worth(run));
    figures.values().removeIf(Map::isEmpty);
    return new RunFigures(
        state(manifest, run),
        reason(manifest),
        figures,
        VerdictDoubts.of(JsonFile.readIfThere(EvaluationStage.summary(run))),
        trulyRight(run),
        StageTimes.read(run.resolve("times.json")),
        StagePeaks.read(run.resolve("memory.json")));
  }

  /** Seconds of all stages together. */
  double allSeconds() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The most memory of any stage, in bytes; empty if none is known. */
  OptionalDouble highest() {
    return peaks.values().stream().mapToDouble(Double::doubleValue).max();
  }

  /** Everything but the numbers by prompt. */
  ObjectNode toJson() {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("state", state);
    if (!reason.isEmpty()) {
      row.put("reason", reason);
    }
    trulyRight.ifPresent(share -> row.put("reward_truly_right", share));
    ObjectNode clock = row.putObject("seconds");
    seconds.forEach((stage, value) -> clock.put(stage.wireName(), value));
    ObjectNode memory = row.putObject("peak_memory_bytes");
    peaks.forEach((stage, value) -> memory.put(stage.wireName(), Math.round(value)));
    return row;
  }

  private static String state(RunManifest manifest, Path run) {
    Optional<Stage> last = Optional.empty();
    for (Stage stage : Stage.values()) {
      switch (manifest.stage(stage).state()) {
        case STOPPED -> {
          return RunStop.words(JsonFile.readIfThere(run.resolve("gates.json")));
        }
        case RUNNING -> {
          return "in " + stage.wireName();
        }
        case DONE -> last = Optional.of(stage);
        case PENDING -> {
          // What is before it tells.
        }
      }
    }
    return last.map(stage -> stage == Stage.ATTACK ? "done" : "done to " + stage.wireName())
        .orElse("not begun");
  }

  private static String reason(RunManifest manifest) {
    return manifest.stages().values().stream()
        .map(StageRecord::reason)
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A pair counts by its prompt, so that three facets of one prompt are no three prompts. */
  private static Map<String, Double> accuracy(Path run) {
    Map<String, List<Double>> right = new LinkedHashMap<>();
    for (Facet facet : Facet.values()) {
      Path file = reward(run, facet).resolve("held-out.jsonl");
      JsonLines.readAppended(file, (line, row) -> Optional.of(row)).stream()
          .filter(row -> row.path("p").asDouble() != 0.5)
          .forEach(
              row -> {
                boolean first = row.path("p").asDouble() > 0.5;
                // The file's margin is the label's own.
                double margin =
                    row.path("first_score").asDouble() - row.path("second_score").asDouble();
                String prompt = row.path("comparison").asText().split(" ", 2)[0];
                right
                    .computeIfAbsent(prompt, key -> new ArrayList<>())
                    .add((first ? margin > 0 : margin < 0) ? 1.0 : 0.0);
              });
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    right.forEach(
        (prompt, pairs) ->
            shares.put(
                prompt, pairs.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return shares;
  }

  private static Map<String, Double> score(Path run) {
    if (!Files.exists(EvaluationStage.summary(run))) {
      return Map.of();
    }
    Map<String, Double> base = scores(run, TestedSystem.BASE);
    Map<String, Double> differences = new LinkedHashMap<>();
    scores(run, TestedSystem.TUNED)
        .forEach(
            (prompt, tuned) ->
                differences.put(prompt, tuned - Objects.requireNonNull(base.get(prompt))));
    return differences;
  }

  private static Map<String, Double> scores(Path run, TestedSystem system) {
    Map<String, Double> scores = new LinkedHashMap<>();
    JsonLines.readAppended(EvaluationStage.results(run, system), (line, row) -> Optional.of(row))
        .forEach(
            row ->
                scores.put(
                    row.path("id").asText(),
                    row.path("mean").path(Outcome.PRIMARY.wireName()).asDouble()));
    return scores;
  }

  private static Map<String, Double> worth(Path run) {
    Map<String, Double> differences = new LinkedHashMap<>();
    JsonLines.readAppended(EvaluationStage.worth(run), (line, row) -> Optional.of(row))
        .forEach(
            row ->
                differences.put(
                    row.path("id").asText(),
                    row.path(TestedSystem.TUNED.wireName()).asDouble()
                        - row.path(TestedSystem.BASE.wireName()).asDouble()));
    return differences;
  }

  private static OptionalDouble trulyRight(Path run) {
    List<Double> shares = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode share =
          JsonFile.readIfThere(reward(run, facet).resolve("evaluation.json"))
              .path("truth")
              .path("scores")
              .path("share");
      if (share.isNumber()) {
        shares.add(share.doubleValue());
      }
    }
    return shares.stream().mapToDouble(Double::doubleValue).average();
  }

  private static Path reward(Path run, Facet facet) {
    return run.resolve(Stage.REWARD.folderName()).resolve(facet.wireName());
  }
}
