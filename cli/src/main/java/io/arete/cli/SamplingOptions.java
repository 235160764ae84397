package io.arete.cli;

import io.arete.engine.CountedRandom;
import io.arete.engine.generate.Sampling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the next token is chosen: the options of every command that writes. */
final class SamplingOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--greedy", description = "Take the most probable token.")
  private boolean greedy;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Draw a token; the logits are divided by T, above 0.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw from the most probable tokens that make up P, above 0 to 1.")
  private @Nullable Double topP;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw from the K most probable tokens.")
  private @Nullable Integer topK;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Whole number that the draws follow from (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The key of all draws. */
  CountedRandom draws(String command) {
    return CountedRandom.of(seed).at(command);
  }

  /** What was asked for; one of --greedy and --temperature must be. */
  Sampling required() {
    if (!greedy && temperature == null) {
      throw wrong("Say --greedy or --temperature T.");
    }
    return chosen();
  }

  /** What was asked for, or else plain draws. */
  Sampling chosen() {
    if (greedy) {
      if (temperature != null || topP != null || topK != null) {
        throw wrong("--greedy draws nothing: leave out --temperature, --top-p and --top-k.");
      }
      return new Sampling.Greedy();
    }
    try {
      return new Sampling.Random(
          temperature == null ? 1 : temperature, topP == null ? 1 : topP, topK == null ? 0 : topK);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage() + ".");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
