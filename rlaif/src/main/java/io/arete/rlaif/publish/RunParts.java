package io.arete.rlaif.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a finished run that others can use.
 *
 * @param root the run's folder
 */
record RunParts(Path root) {

  private static final int RECIPE_BYTES = 1 << 20;
  private static final List<String> WEIGHTS =
      List.of("adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json");

  /**
   * The parts of that run.
   *
   * @throws AreteException that names what it has not made yet
   */
  static RunParts of(Path root) {
    RunManifest manifest = RunManifest.ofRun(root);
    RunParts run = new RunParts(root);
    List<String> missing = new ArrayList<>();
    // Files of a policy come one by one at the stage's end.
    boolean whole = manifest.stage(Stage.PPO).state() == StageRecord.State.DONE;
    if (!whole || !hasWeights(run.policy())) {
      missing.add("a policy");
    }
    for (Facet facet : Facet.values()) {
      if (!hasWeights(run.reward(facet))) {
        missing.add("a reward model of " + facet.wireName());
      }
      if (!Files.exists(run.preferences(facet))) {
        missing.add("preferences of " + facet.wireName());
      }
    }
    if (!missing.isEmpty()) {
      throw new AreteException(
          "%s has not made %s; run its recipe to the end, or name the run below it that has"
              .formatted(root, String.join(", ", missing)));
    }
    return run;
  }

  Path policy() {
    return root.resolve("policy");
  }

  Path reward(Facet facet) {
    return root.resolve("reward").resolve(facet.wireName());
  }

  Path conversations() {
    return root.resolve("feedback/conversations.jsonl");
  }

  Path preferences(Facet facet) {
    return root.resolve("feedback/preferences").resolve(facet.wireName() + ".jsonl");
  }

  /** The run's name: that of its folder. */
  String name() {
    Path name = root.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }

  /** The recipe as others may see it. */
  String recipe() {
    return CardText.withoutFolders(BoundedText.read(root.resolve("recipe.yaml"), RECIPE_BYTES));
  }

  /** One of the run's files of numbers; a missing node if it is not there. */
  JsonNode json(String path) {
    return JsonFile.readIfThere(root.resolve(path));
  }

  private static boolean hasWeights(Path folder) {
    return WEIGHTS.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
  }
}
