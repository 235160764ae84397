package io.arete.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a comparison of any systems takes, outside of a run. */
@SuppressWarnings("unused") // picocli fills the fields
final class ContestOptions {

  @Option(
      names = "--systems",
      paramLabel = "NAME=PLACE",
      description =
          "Instead of RECIPE: systems to compare, with commas between or one by one; PLACE is a model"
              + " or adapter folder, or endpoint:URL#MODEL. All are compared with the first.")
  private List<String> systems = List.of();

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description = "With --systems: prompts as JSON lines with prompt or messages.")
  private @Nullable Path prompts;

  @Option(
      names = "--rules",
      paramLabel = "T",
      description =
          "With --systems: a text that is put into the system prompt, a file or box:NAME as in arete"
              + " attack; every system takes part with and without it.")
  private @Nullable String rules;

  @Option(
      names = "--rewards",
      paramLabel = "RUN",
      description = "With --systems: the run whose reward models score.")
  private @Nullable Path rewards;

  @Option(
      names = "--judge",
      paramLabel = "L",
      description =
          "With --systems: who is asked in both orders which is better, local:MODEL_FOLDER or"
              + " endpoint:URL#MODEL.")
  private @Nullable String judge;

  @Option(
      names = "--samples",
      paramLabel = "K",
      defaultValue = "2",
      description = "With --systems: conversations of each prompt (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "With --systems: longest reply in tokens (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Option(
      names = "--constitution",
      paramLabel = "C",
      description =
          "With --systems: questions and judge's wording, box:NAME or a YAML file (default: that of"
              + " --rewards, or box:virtues).")
  private @Nullable String constitution;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description =
          "With --systems: model folder below adapters (default: the one that each names).")
  private @Nullable Path base;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "10000",
      description = "With --systems: resamples for the intervals (default: ${DEFAULT-VALUE}).")
  private int bootstrap;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "With --systems: what all draws follow from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "With --systems: folder of results (default: the name of FILE with -contest); a"
              + " comparison that was cut goes on there.")
  private @Nullable Path out;

  /** Whether any systems are to be compared. */
  boolean given() {
    return !systems.isEmpty();
  }

  List<String> systems() {
    return systems;
  }

  @Nullable Path prompts() {
    return prompts;
  }

  @Nullable String rules() {
    return rules;
  }

  @Nullable Path rewards() {
    return rewards;
  }

  @Nullable String judge() {
    return judge;
  }

  int samples() {
    return samples;
  }

  int maxNewTokens() {
    return maxNewTokens;
  }

  @Nullable String constitution() {
    return constitution;
  }

  @Nullable Path base() {
    return base;
  }

  int bootstrap() {
    return bootstrap;
  }

  long seed() {
    return seed;
  }

  /** Where results go. */
  Path out(Path promptsFile) {
    if (out != null) {
      return out;
    }
    String name = String.valueOf(promptsFile.getFileName()).replaceAll("\\.[^.]*$", "");
    return promptsFile.resolveSibling(name + "-contest");
  }
}
