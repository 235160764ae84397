package io.arete.rlaif.estimate;

import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.run.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a run's stages will need.
 *
 * @param stages those that were asked for, in their order
 * @param machine on which
 * @param gigaflops 10⁹ operations a second of plain products; empty if none was measured
 */
public record Forecast(List<StageForecast> stages, Machine machine, Optional<Double> gigaflops) {

  /**
   * What a stage will need.
   *
   * @param stage which
   * @param done whether the run's folder has its results already
   * @param memory at its highest
   * @param diskBytes what it writes at its highest
   * @param seconds how long it takes, roughly; empty where no speed was measured
   */
  public record StageForecast(
      Stage stage, boolean done, MemoryNeed memory, double diskBytes, Optional<Double> seconds) {}

  /** Copies the list. */
  public Forecast {
    stages = List.copyOf(stages);
  }

  /**
   * Reads what is known of a recipe's model and texts, and reckons.
   *
   * @param stages which; in their order
   * @param done those of them that will not run
   * @param gigaflops speed of plain products; empty leaves times out
   */
  public static Forecast of(
      Subject subject, List<Stage> stages, Set<Stage> done, Optional<Double> gigaflops) {
    StageMemory memory = subject.memory(subject.recipe());
    StageWork work = new StageWork(subject.recipe(), subject.facts());
    StageDisk disk =
        new StageDisk(
            subject.recipe(),
            subject.facts(),
            new ModelMemory(subject.recipe().general(), subject.config(), subject.machine()));
    List<StageForecast> all = new ArrayList<>();
    for (Stage stage : stages) {
      Optional<Double> seconds =
          gigaflops.map(
              speed ->
                  new StageTime(subject.recipe(), subject.config(), subject.machine(), speed)
                      .seconds(stage, work.of(stage)));
      all.add(
          new StageForecast(
              stage, done.contains(stage), memory.of(stage), disk.of(stage), seconds));
    }
    return new Forecast(all, subject.machine(), gigaflops);
  }

  /**
   * What is reckoned about.
   *
   * @param recipe as it was asked
   * @param config of the base
   * @param facts of its texts
   */
  public record Subject(Recipe recipe, ModelConfig config, Machine machine, DataFacts facts) {

    /** Of a recipe's files. */
    public static Subject read(Recipe recipe, Machine machine) {
      ModelConfig config = ModelConfigReader.read(recipe.general().base());
      return new Subject(recipe, config, machine, DataReading.read(recipe, config));
    }

    /** With another recipe for the same model and texts. */
    StageMemory memory(Recipe other) {
      return new StageMemory(other, config, machine, facts);
    }
  }

  /** The stage that needs the most memory of those that will run; empty if none will. */
  public Optional<MemoryNeed> highest() {
    return stages.stream()
        .filter(stage -> !stage.done())
        .map(StageForecast::memory)
        .max(Comparator.comparingDouble(MemoryNeed::bytes));
  }

  /**
   * Why a run should not begin, and what to do; empty if it fits.
   *
   * @param with the recipe with further overrides
   */
  public Optional<String> refusal(Subject subject, Function<List<String>, Recipe> with) {
    if (fits()) {
      return Optional.empty();
    }
    List<Stage> running =
        stages.stream().filter(stage -> !stage.done()).map(StageForecast::stage).toList();
    return highest()
        .map(need -> Advice.refusal(need, machine, new Advice(subject, running, with).gentlest()));
  }

  /** Whether all that will run fits into the memory that is free. */
  public boolean fits() {
    return highest().map(need -> need.bytes() <= machine.freeBytes()).orElse(true);
  }
}
