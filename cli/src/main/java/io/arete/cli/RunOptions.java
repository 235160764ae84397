package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.BuiltVersions;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.gate.GateNames;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.recipe.GuardedRun;
import io.arete.rlaif.recipe.PipelineRequest;
import io.arete.rlaif.recipe.RecipeFiles;
import io.arete.rlaif.recipe.RunSummary;
import io.arete.rlaif.recipe.RunTree;
import io.arete.rlaif.recipe.TreeForecast;
import io.arete.rlaif.recipe.TreeTable;
import io.arete.rlaif.report.RunReport;
import io.arete.rlaif.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every command that works on a run takes, and how it is done. */
final class RunOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the recipe, such as ppo.iterations=20; may be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description = "The run's folder; runs/NAME by default, NAME being the recipe's.")
  private @Nullable Path run;

  @Option(
      names = "--force",
      paramLabel = "GATE",
      description =
          "Go on although this gate says stop; may be repeated, and the summary shows it.")
  private List<String> forced = List.of();

  @Option(
      names = "--dry-run",
      description =
          "Run nothing: show the memory, disk and time that each stage would take, by estimate.")
  private boolean dryRun;

  @Option(
      names = "--ignore-memory",
      description = "Begin although the run does not fit into the free memory by estimate.")
  private boolean ignoreMemory;

  @Option(
      names = "--json",
      description = "Print the summary, or what --dry-run shows, as one JSON object.")
  private boolean json;

  @Mixin private ProgressOptions progress = new ProgressOptions();

  /**
   * Runs stages and prints the summary; after a gate's stop, too.
   *
   * @param recipe the recipe's file
   * @param from the stage to begin with; empty = where the run is
   * @return what was asked
   */
  Recipe run(CommandSpec spec, Path recipe, Optional<Stage> from, Stage to) {
    CommandLine commandLine = spec.commandLine();
    Set<String> gates = gates(commandLine, forced);
    RunAsRecipe.refuse(recipe);
    Recipe asked = RecipeFiles.read(recipe, overrides);
    Path folder = folder(asked.general().name());
    try (StageProgress listener = new StageProgress(progress, commandLine.getErr())) {
      PipelineRequest request =
          new PipelineRequest(asked, folder, from, to, gates, BuiltVersions.ofResults(), listener);
      if (dryRun) {
        TreeForecast forecast = TreeForecast.of(request);
        commandLine.getOut().print(json ? forecast.json() + "\n" : forecast.text());
        commandLine.getOut().flush();
        return asked;
      }
      GuardedRun.run(request, ignoreMemory);
    } catch (GateStop stop) {
      print(commandLine, folder, json);
      tellPage(commandLine, folder);
      throw stop;
    }
    print(commandLine, folder, json);
    tellPage(commandLine, folder);
    return asked;
  }

  /** Says where the page lies that the run has drawn at its end. */
  private void tellPage(CommandLine commandLine, Path folder) {
    Path page = folder.resolve(RunReport.FILE);
    if (!json && Files.exists(page)) {
      commandLine.getOut().println("\nAll of it on one page: " + page);
      commandLine.getOut().flush();
    }
  }

  /** Whether nothing was run. */
  boolean dryRun() {
    return dryRun;
  }

  /** The run's folder. */
  Path folder(String name) {
    return run == null ? Path.of("runs", name) : run;
  }

  /** Whether the output is for scripts. */
  boolean json() {
    return json;
  }

  /** How progress is shown. */
  ProgressOptions progress() {
    return progress;
  }

  /** Prints a run's summary, or the table of all runs of a recipe with seeds or a grid. */
  static void print(CommandLine commandLine, Path folder, boolean json) {
    if (RunTree.isTree(folder)) {
      TreeTable table = TreeTable.of(RunTree.ofFolder(folder));
      commandLine.getOut().print(json ? table.toJson() + "\n" : table.text());
    } else {
      RunSummary summary = RunSummary.read(folder);
      commandLine.getOut().print(json ? summary.toJson() + "\n" : summary.text());
    }
    commandLine.getOut().flush();
  }

  /**
   * The gates of {@code --force}.
   *
   * @throws ParameterException if one has a name that no gate has
   */
  static Set<String> gates(CommandLine commandLine, List<String> forced) {
    try {
      GateNames.requireForceable(forced);
    } catch (AreteException e) {
      throw new ParameterException(commandLine, String.valueOf(e.getMessage()));
    }
    return new LinkedHashSet<>(forced);
  }
}
