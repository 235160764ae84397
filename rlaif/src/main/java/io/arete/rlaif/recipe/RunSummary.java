package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.attack.AttackStage;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import io.arete.rlaif.run.StageTimes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run has to tell so far, read from its files alone. Works while it runs and after it was
 * cut: what is not there is left out.
 */
public final class RunSummary {

  private final ObjectNode content;

  private RunSummary(ObjectNode content) {
    this.content = content;
  }

  /**
   * Reads a run's folder without taking its lock.
   *
   * @throws AreteException if it is no run
   */
  public static RunSummary read(Path run) {
    RunManifest manifest = RunManifest.ofRun(run);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("run", run.toString());
    root.set("stages", stages(manifest, StageTimes.read(run.resolve("times.json"))));
    root.set("rewards", rewards(run));
    Path reward = run.resolve(Stage.REWARD.folderName());
    putIfThere(root, "reward_lengths", reward.resolve("lengths.json"));
    putIfThere(root, "reward_members", reward.resolve(RewardStage.MEMBERS));
    JsonNode agreement =
        JsonFile.readIfThere(run.resolve(Stage.FEEDBACK.folderName()).resolve("agreement.json"));
    if (!agreement.isMissingNode()) {
      root.set("feedback", agreement);
    }
    JsonNode gates = JsonFile.readIfThere(run.resolve("gates.json")).path("gates");
    root.set("gates", gates.isMissingNode() ? JsonNodeFactory.instance.arrayNode() : gates);
    JsonNode evaluation = JsonFile.readIfThere(EvaluationStage.summary(run));
    if (!evaluation.isMissingNode()) {
      root.set("evaluation", evaluation);
    }
    JsonNode attack = JsonFile.readIfThere(AttackStage.summary(run));
    if (!attack.isMissingNode()) {
      root.set("attack", attack);
    }
    root.set("samples", SampleTalks.read(run));
    root.put("verdict", verdict(root));
    return new RunSummary(root);
  }

  /** Everything as one JSON object. */
  public ObjectNode toJson() {
    return content.deepCopy();
  }

  /** Everything as tables for people. */
  public String text() {
    return SummaryText.of(content);
  }

  private static ObjectNode stages(RunManifest manifest, Map<Stage, Double> times) {
    ObjectNode stages = JsonNodeFactory.instance.objectNode();
    for (Stage stage : Stage.values()) {
      StageRecord record = manifest.stage(stage);
      ObjectNode one = stages.putObject(stage.wireName());
      one.put("state", record.state().name().toLowerCase(Locale.ROOT));
      Double seconds = times.get(stage);
      if (seconds != null) {
        one.put("seconds", seconds);
      }
      if (!record.reason().isEmpty()) {
        one.put("reason", record.reason());
      }
      if (!record.takenFrom().isEmpty()) {
        one.put("taken_from", record.takenFrom());
      }
      if (!record.forced().isEmpty()) {
        record.forced().forEach(one.putArray("forced")::add);
      }
    }
    return stages;
  }

  private static void putIfThere(ObjectNode root, String name, Path file) {
    JsonNode found = JsonFile.readIfThere(file);
    if (!found.isMissingNode()) {
      root.set(name, found);
    }
  }

  private static ObjectNode rewards(Path run) {
    ObjectNode rewards = JsonNodeFactory.instance.objectNode();
    for (Facet facet : Facet.values()) {
      JsonNode found =
          JsonFile.readIfThere(
              run.resolve(Stage.REWARD.folderName())
                  .resolve(facet.wireName())
                  .resolve("evaluation.json"));
      if (!found.isMissingNode()) {
        rewards.set(facet.wireName(), found);
      }
    }
    return rewards;
  }

  /** One sentence: the evaluation's, or why there is none. */
  private static String verdict(ObjectNode root) {
    Set<String> forced = new TreeSet<>();
    for (JsonNode gate : root.path("gates")) {
      if (gate.path("forced").asBoolean()) {
        String about = gate.path("about").asText();
        forced.add(gate.path("name").asText() + (about.isEmpty() ? "" : " (" + about + ")"));
      }
    }
    String caution =
        forced.isEmpty() ? "" : " Gates were forced: " + String.join(", ", forced) + ".";
    for (JsonNode stage : root.path("stages")) {
      if (stage.path("state").asText().equals("stopped")) {
        return "No verdict: " + stage.path("reason").asText();
      }
    }
    JsonNode sentence = root.path("evaluation").path("verdict").path("sentence");
    if (sentence.isTextual()) {
      return sentence.asText() + caution;
    }
    return "No verdict yet: the evaluation is not done." + caution;
  }
}
