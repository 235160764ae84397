package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.estimate.Forecast;
import io.arete.rlaif.estimate.ForecastText;
import io.arete.rlaif.estimate.Machine;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a run will need, before it begins; nothing is written. */
public final class RunForecast {

  private final Forecast.Subject subject;
  private final Forecast forecast;

  private RunForecast(Forecast.Subject subject, Forecast forecast) {
    this.subject = subject;
    this.forecast = forecast;
  }

  /**
   * Of what is asked.
   *
   * @param timed whether the speed of this machine is measured, for times
   * @throws AreteException if a file that the recipe names is missing or wrong
   */
  public static RunForecast of(PipelineRequest request, boolean timed) {
    return of(request, timed, new MachineSpeed());
  }

  /** As the other, of one run among several. */
  static RunForecast of(PipelineRequest request, boolean timed, MachineSpeed speeds) {
    Recipe recipe = request.recipe();
    RecipeFiles.check(recipe, "The recipe of " + recipe.general().name());
    Threads.use(recipe.general().threads());
    Path manifest = request.folder().resolve("run.json");
    Dtype dtype = speeds.dtype(recipe.general(), manifest);
    Forecast.Subject subject =
        Forecast.Subject.read(recipe, Machine.here(dtype, recipe.general().base()));
    Set<Stage> done = done(manifest, request.from());
    Stage first = request.from().orElse(Stage.SFT);
    List<Stage> stages =
        Stream.of(Stage.values())
            .filter(stage -> stage.compareTo(request.to()) <= 0)
            .filter(stage -> done.contains(stage) || stage.compareTo(first) >= 0)
            .toList();
    Optional<Double> speed =
        timed ? Optional.of(speeds.gigaflops(dtype, subject.config().shape())) : Optional.empty();
    return new RunForecast(subject, Forecast.of(subject, stages, done, speed));
  }

  /** Stages that will not run: those with results, unless they are made anew. */
  private static Set<Stage> done(Path manifest, Optional<Stage> from) {
    EnumSet<Stage> done = EnumSet.noneOf(Stage.class);
    if (Files.exists(manifest)) {
      RunManifest read = RunManifest.read(manifest);
      for (Stage stage : Stage.values()) {
        if (read.stage(stage).state() == StageRecord.State.DONE) {
          done.add(stage);
        }
      }
    }
    from.ifPresent(first -> done.removeIf(stage -> stage.compareTo(first) >= 0));
    return done;
  }

  /**
   * Returns if the run fits into the memory that is free, by estimate.
   *
   * @param with the recipe with further overrides, to find settings that fit
   * @throws AreteException if it does not, with what would
   */
  public void requireRoom(Function<List<String>, Recipe> with) {
    forecast
        .refusal(subject, with)
        .ifPresent(
            sentence -> {
              throw new AreteException(sentence);
            });
  }

  /** What each stage will need. */
  List<Forecast.StageForecast> stages() {
    return forecast.stages();
  }

  /** One line about memory; empty if nothing is left to do. */
  public Optional<String> line() {
    return new ForecastText(forecast).line();
  }

  /** A table with memory, disk and time of every stage. */
  public String table() {
    return new ForecastText(forecast).table();
  }

  /** The same in bytes and seconds. */
  public ObjectNode json() {
    return new ForecastText(forecast).json();
  }
}
