package io.arete.rlaif.api;

import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be run.
 *
 * @param recipe a YAML file
 * @param overrides of its keys, such as {@code ppo.iterations=20}
 * @param folder the run's folder; empty: {@code runs/NAME}, NAME being the recipe's
 * @param from the stage whose results, and all later ones, are made anew; empty: where the run is
 * @param to the last stage
 * @param forced gates that do not stop the run
 * @param ignoreMemory whether to begin although the run does not fit into the free memory
 */
public record RunSettings(
    Path recipe,
    List<String> overrides,
    Optional<Path> folder,
    Optional<Stage> from,
    Stage to,
    Set<String> forced,
    boolean ignoreMemory) {

  /** Copies the collections. */
  public RunSettings {
    overrides = List.copyOf(overrides);
    forced = Set.copyOf(forced);
  }

  /** A whole recipe. */
  public static RunSettings of(Path recipe) {
    return new RunSettings(
        recipe, List.of(), Optional.empty(), Optional.empty(), Stage.ATTACK, Set.of(), false);
  }

  /** The same in that folder. */
  public RunSettings in(Path run) {
    return new RunSettings(recipe, overrides, Optional.of(run), from, to, forced, ignoreMemory);
  }

  /** The same with one key of the recipe more overridden. */
  public RunSettings with(String key, String value) {
    List<String> more = new ArrayList<>(overrides);
    more.add(key + "=" + value);
    return new RunSettings(recipe, more, folder, from, to, forced, ignoreMemory);
  }

  /** The same with results made anew from a stage on. */
  public RunSettings from(Stage stage) {
    return new RunSettings(recipe, overrides, folder, Optional.of(stage), to, forced, ignoreMemory);
  }

  /** The same up to a stage. */
  public RunSettings to(Stage stage) {
    return new RunSettings(recipe, overrides, folder, from, stage, forced, ignoreMemory);
  }

  /** The same with one gate more that does not stop the run; the run's summary shows it. */
  public RunSettings force(String gate) {
    Set<String> more = new LinkedHashSet<>(forced);
    more.add(gate);
    return new RunSettings(recipe, overrides, folder, from, to, more, ignoreMemory);
  }

  /** The same, begun although it does not fit into the free memory by estimate. */
  public RunSettings ignoringMemory() {
    return new RunSettings(recipe, overrides, folder, from, to, forced, true);
  }
}
