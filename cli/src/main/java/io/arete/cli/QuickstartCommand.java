package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.recipe.RunTree;
import io.arete.rlaif.run.Stage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The recipe in the box, which needs nothing else: {@code run}, with the recipe given. */
@Command(
    name = "quickstart",
    description =
        "See the whole way in a few minutes, without a download: a small model in the box, all"
            + " stages, and what they changed.",
    sortOptions = false)
final class QuickstartCommand implements Runnable {

  /** Where Arete lies, which the launcher knows. */
  static final String HOME_PROPERTY = "arete.home";

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options = new RunOptions();

  @Override
  public void run() {
    Path home = Path.of(System.getProperty(HOME_PROPERTY, ""));
    Path recipe = home.resolve("recipes").resolve("quickstart.yaml");
    if (!Files.exists(recipe)) {
      throw new AreteException(
          recipe + " is missing; start quickstart by ./arete in Arete's own folder.");
    }
    Recipe asked = options.run(spec, recipe, Optional.empty(), Stage.ATTACK);
    Path run = options.folder(asked.general().name());
    if (!options.json() && !options.dryRun() && !RunTree.isTree(run)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      out.printf(
          Locale.ROOT,
          "These times are of a machine that multiplies %.0f GFLOPS in float32.%n",
          DtypeChoice.gigaflops(Device.best(), Dtype.FLOAT32, 512, 768, 2048));
      out.println();
      out.println("What next:");
      out.println("  talk with base and tuned model side by side:");
      out.println(
          "    ./arete chat "
              + asked.general().base()
              + " --adapter "
              + run.resolve("policy")
              + " --compare");
      out.println("  see these tables again:");
      out.println("    ./arete summary " + run);
      out.println("  the same on a real model and people's judgements; the recipe says how:");
      out.println("    " + home.resolve("recipes/smollm2-small.yaml"));
      out.flush();
    }
  }
}
