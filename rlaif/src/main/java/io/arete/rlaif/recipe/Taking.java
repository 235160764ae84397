package io.arete.rlaif.recipe;

import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds out which results of other runs a run takes over. */
final class Taking {

  private final Donors donors;

  Taking(Donors donors) {
    this.donors = donors;
  }

  /** run.json of a run and of those it takes from; they may not be there. */
  List<Path> manifests(Path run) {
    List<Path> manifests = new ArrayList<>();
    Stream.of(Stream.of(run), donors.feedback().stream(), donors.alike().stream())
        .flatMap(runs -> runs)
        .forEach(one -> manifests.add(manifest(one)));
    return manifests;
  }

  /** Whether the stage is another run's, whatever that was made from. */
  boolean isGiven(Stage stage) {
    return donors.feedback().isPresent() && stage.compareTo(Stage.FEEDBACK) <= 0;
  }

  /** The run that gives fine-tuning and feedback. */
  Path giver() {
    return donors.feedback().orElseThrow();
  }

  /** The inputs of a given stage: what it was made from there shows in its results alone. */
  static Map<String, String> withResults(Map<String, String> made, Stage stage, Path donor) {
    Map<String, String> whole = new TreeMap<>(made);
    Path results = donor.resolve(stage.folderName());
    whole.put(
        stage.wireName() + " that was given",
        Files.isDirectory(results) ? Digests.folder(results) : "none");
    return whole;
  }

  /**
   * A run that has made the same of the same: equal inputs, seed and environment, judged by the
   * same thresholds, and no gate forced that would halt this run.
   *
   * @param own the manifest of the run that asks
   * @param gates its recipe's section of gates
   * @param forced the gates that do not halt it
   */
  Optional<Path> alike(
      Stage stage, Map<String, String> inputs, RunManifest own, String gates, Set<String> forced) {
    return donors.alike().stream()
        .filter(run -> Files.exists(manifest(run)))
        .filter(
            run -> {
              RunManifest other = RunManifest.read(manifest(run));
              StageRecord record = other.stage(stage);
              return record.state() == StageRecord.State.DONE
                  && record.inputs().equals(inputs)
                  && other.seed() == own.seed()
                  && other.environment().equals(own.environment())
                  && forced.containsAll(record.forced())
                  && gates(run).equals(gates);
            })
        .findFirst();
  }

  private static String gates(Path run) {
    return RecipeReader.read(run.resolve("recipe.yaml"), List.of()).fingerprint("gates");
  }

  private static Path manifest(Path run) {
    return run.resolve("run.json");
  }
}
