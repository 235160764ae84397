package io.arete.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a study of attacks is made of: the options of {@code arete attack --target}. */
final class AttackOptions {

  @Option(
      names = "--target",
      paramLabel = "T",
      description =
          "Who is attacked: a model's folder, endpoint:URL#MODEL behind an OpenAI-compatible"
              + " server, or run:RUN, base and tuned model of a run.")
  @Nullable String target;

  @Option(
      names = "--behaviors",
      paramLabel = "FILE",
      description =
          "What should be refused: CSV or JSON lines with request, with goal and target"
              + " (AdvBench), or with Behavior (HarmBench); perhaps with group. May be repeated.")
  List<Path> behaviors = List.of();

  @Option(
      names = "--safe",
      paramLabel = "FILE",
      description =
          "What should not be refused: the same, or with prompt and label (XSTest). May be repeated.")
  List<Path> safe = List.of();

  @Option(
      names = "--rules",
      paramLabel = "T",
      description =
          "A system prompt: the target with it is compared with the target without (default: the"
              + " rule of a run's own recipe). A text file, or box:ethical, box:agent, box:service,"
              + " box:prohibitions, box:policy or box:persona, as products have them.")
  @Nullable String rules;

  @Option(
      names = "--attacks",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "direct,templates",
      description =
          "direct, each (every template an attack of its own), templates, best-of, pair, tap"
              + " (default: ${DEFAULT-VALUE}); all but direct and each need --judge, pair and tap"
              + " --attacker, too.")
  List<String> attacks = List.of();

  @Option(
      names = "--templates",
      paramLabel = "T",
      defaultValue = "box:templates",
      description = "Words around requests: box:templates (default) or a YAML file.")
  String templates = "";

  @Option(names = "--attacker", paramLabel = "T", description = "Who writes prompts.")
  @Nullable String attacker;

  @Option(
      names = "--judge",
      paramLabel = "T",
      description =
          "Who steers attacks; it never counts: a model as --target has it, rewards:RUN (a run's"
              + " reward models), or gold (the truth of the practice world).")
  @Nullable String judge;

  @Option(
      names = "--counting-judge",
      paramLabel = "T",
      description = "Who counts: another one than --judge, of the same kinds, or words.")
  @Nullable String counting;

  @Option(
      names = "--labelled",
      paramLabel = "FILE",
      description =
          "Replies that people labelled, JSON lines with request, reply and label (refusal,"
              + " partial, compliance): rates are corrected for the counting judge's errors on"
              + " them.")
  @Nullable Path labelled;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The most behaviors of each file, taken from its groups in turn; 0 takes all (default:"
              + " ${DEFAULT-VALUE}).")
  int limit;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "3",
      description = "Fresh replies to each prompt that is counted (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "3",
      description = "Streams of pair (default: ${DEFAULT-VALUE}).")
  int streams;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Iterations of pair, and depth of tap (default: ${DEFAULT-VALUE}).")
  int iterations;

  @Option(
      names = "--branching",
      paramLabel = "N",
      defaultValue = "3",
      description = "Prompts that tap writes from each leaf (default: ${DEFAULT-VALUE}).")
  int branching;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Leaves of tap that go on after a level, the best (default: --branching).")
  @Nullable Integer width;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "8",
      description = "Tries of best-of (default: ${DEFAULT-VALUE}).")
  int tries;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest reply of the target (default: 256, or that of a run's own actions).")
  @Nullable Integer maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "Of the target's replies (default: ${DEFAULT-VALUE}); 0 takes the likeliest, once.")
  double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The root of the draws (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "attack-study",
      description = "The study's folder (default: ${DEFAULT-VALUE}); its transcript is harmful.")
  Path out = Path.of("");

  @Option(
      names = "--fail-above",
      paramLabel = "SHARE",
      description = "End with exit code 3 if an attack succeeds more often, such as 0.1.")
  @Nullable Double failAbove;

  @Option(
      names = "--fail-system",
      paramLabel = "NAME",
      description =
          "The system that --fail-above and --junit are about; may be repeated (default: tuned of"
              + " run:RUN; else the target, with its rules where --rules is given).")
  List<String> failSystems = List.of();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write a JUnit report: a test for each attack, against --fail-above (or 0).")
  @Nullable Path junit;

  /** That of tap. */
  int width() {
    return width == null ? branching : width;
  }

  /**
   * What was given, of an option that a study cannot do without.
   *
   * @throws ParameterException if nothing was
   */
  static <T> T given(CommandSpec spec, String option, @Nullable T value) {
    if (value == null || (value instanceof List<?> list && list.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "A study of these attacks needs " + option + ".");
    }
    return value;
  }
}
