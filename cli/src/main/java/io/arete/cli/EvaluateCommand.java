package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.recipe.ContestTable;
import io.arete.rlaif.run.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The evaluation of a run alone, and any systems against each other. */
@Command(
    name = EvaluateCommand.NAME,
    description =
        "The fifth stage alone: base against tuned, with an interval. Also: any models against each"
            + " other, folders and endpoints (--systems).",
    sortOptions = false,
    footer = {
      "",
      "With --systems all get the same prompts, and those on this machine the same draws; a run's",
      "reward models (--rewards) or a judge (--judge), or both, say who is better. The folder --out",
      "gets every conversation, every score and summary.json. Each model behind a server may be sent",
      "--endpoint-max-requests and paid --endpoint-max-tokens; a key is for one server alone."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class EvaluateCommand implements Runnable {

  /** As it is typed. */
  static final String NAME = "evaluate";

  @Spec private CommandSpec spec;

  // Not required: --systems stands in its place.
  @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private @Nullable Path recipe;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private ContestOptions contest = new ContestOptions();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Override
  public void run() {
    TwoForms forms = new TwoForms(spec, "--systems");
    if (contest.given()) {
      if (recipe != null) {
        throw wrong("Say either RECIPE or --systems, not both.");
      }
      forms.requireOfOther();
      contest(EndpointOptions.given(spec));
      return;
    }
    forms.requireOfRecipe();
    if (recipe == null) {
      throw wrong("RECIPE or --systems is missing.");
    }
    options.run(spec, recipe, Optional.of(Stage.EVALUATION), Stage.EVALUATION);
  }

  private void contest(Map<String, String> servers) {
    Path prompts = contest.prompts();
    if (prompts == null) {
      throw wrong("--prompts FILE is missing, which --systems needs.");
    }
    if (contest.rewards() == null && contest.judge() == null) {
      throw wrong("Say who tells which is better: --rewards RUN or --judge L, or both.");
    }
    Ranges.require(spec, "--samples", contest.samples(), 1, 64);
    Ranges.require(spec, "--max-new-tokens", contest.maxNewTokens(), 1, 1 << 16);
    Ranges.require(spec, "--bootstrap", contest.bootstrap(), 100, 1_000_000);
    ObjectNode summary;
    try (StageProgress listener =
        new StageProgress(options.progress(), spec.commandLine().getErr())) {
      summary = new ContestSetup(contest, servers, compute, prompts).run(listener);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(options.json() ? summary + "\n" : ContestTable.text(summary));
    out.flush();
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
