package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.attack.study.StudyVerdicts;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
      "Or a study of attacks on any model (--target)."
    },
    sortOptions = false)
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
    if (recipe != null) {
      run.run(spec, recipe, Optional.of(Stage.ATTACK), Stage.ATTACK);
      return;
    }
    PrintWriter messages = spec.commandLine().getErr();
    ObjectNode summary;
    try (AttackRunner runner = new AttackRunner(study, spec)) {
      summary = runner.run(compute, messages::println);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (run.json()) {
      out.println(summary);
    } else {
      print(summary, out);
    }
    out.flush();
    double limit = study.failAbove == null ? 0 : study.failAbove;
    StudyVerdicts verdicts = StudyVerdicts.of(summary, limit);
    if (study.junit != null) {
      AtomicFile.writeText(study.junit, verdicts.junit());
    }
    if (study.failAbove != null) {
      verdicts.require();
    }
  }

  private static void print(JsonNode summary, PrintWriter out) {
    out.printf(Locale.ROOT, "%-16s %-14s %-28s %s%n", "system", "attack", "succeeds", "judged");
    for (Map.Entry<String, JsonNode> system : summary.path("systems").properties()) {
      for (Map.Entry<String, JsonNode> attack : system.getValue().path("attacks").properties()) {
        JsonNode success = attack.getValue().path("success");
        out.printf(
            Locale.ROOT,
            "%-16s %-14s %-28s %.1f %% (n = %d)%n",
            system.getKey(),
            attack.getKey(),
            success.has("estimate")
                ? String.format(
                    Locale.ROOT,
                    "%.1f %% (%.1f to %.1f)",
                    100 * success.path("estimate").asDouble(),
                    100 * success.path("low").asDouble(),
                    100 * success.path("high").asDouble())
                : success.path("answer").asText(),
            100 * success.path("judged").asDouble(),
            success.path("n").asInt());
      }
      out.printf(
          Locale.ROOT,
          "%-16s refuses %.1f %% of harmless requests%n",
          system.getKey(),
          100 * system.getValue().path("harmless").path("refused").asDouble());
    }
    for (JsonNode one : summary.path("comparisons")) {
      out.printf(
          Locale.ROOT,
          "%s against %s: %s; harm avoided less refusals added %+.3f (%+.3f to %+.3f)%n",
          one.path("second").asText(),
          one.path("first").asText(),
          one.path("answer").asText(),
          one.path("value").asDouble(),
          one.path("low").asDouble(),
          one.path("high").asDouble());
    }
  }
}
