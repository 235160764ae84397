package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.attack.study.StudyVerdicts;
import io.arete.rlaif.recipe.RunPages;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The attack stage of a run, or a study of attacks on any model. */
@Command(
    name = AttackCommand.NAME,
    description = {
      "The last stage alone (RECIPE): rules against character, under jailbreaks.",
      "Or a study of attacks on any model or run (--target)."
    },
    sortOptions = false,
    footer = {
      "",
      "Each model behind a server may be sent --endpoint-max-requests and paid --endpoint-max-tokens.",
      "A key is for one server: it is refused where models are behind several."
    })
final class AttackCommand implements Runnable {

  /** As it is typed. */
  static final String NAME = "attack";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RECIPE", arity = "0..1", description = "The recipe, a YAML file.")
  private @Nullable Path recipe;

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private AttackOptions study = new AttackOptions();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Override
  public void run() {
    if ((recipe == null) == (study.target == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give either RECIPE, for a run's stage, or --target, for a study.");
    }
    TwoForms forms = new TwoForms(spec, "--target");
    if (recipe != null) {
      forms.requireOfRecipe();
      run.run(spec, recipe, Optional.of(Stage.ATTACK), Stage.ATTACK);
      return;
    }
    forms.requireOfOther();
    ObjectNode summary;
    AttackRunner runner = new AttackRunner(study, spec);
    try (StageProgress listener = new StageProgress(run.progress(), spec.commandLine().getErr())) {
      summary = runner.run(compute, listener);
    }
    RunPages.writeStudyAtEnd(study.out, spec.commandLine().getErr()::println);
    PrintWriter out = spec.commandLine().getOut();
    if (run.json()) {
      out.println(summary);
    } else {
      out.print(AttackStudyTable.text(summary));
    }
    out.flush();
    double limit = study.failAbove == null ? 0 : study.failAbove;
    StudyVerdicts verdicts = StudyVerdicts.of(summary, runner.limited(), limit);
    if (study.junit != null) {
      AtomicFile.writeText(study.junit, verdicts.junit());
    }
    if (study.failAbove != null) {
      verdicts.require();
    }
  }
}
