package io.arete.rlaif.api;

import io.arete.engine.generate.Sampling;
import io.arete.engine.tensor.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who replies, and how.
 *
 * @param model a model folder
 * @param adapters adapter folders over it, lowest first, such as a run's {@code policy}
 * @param dtype element type of the weights
 * @param system what the system says first, if anything
 * @param maxReplyTokens longest reply in tokens, at least 1
 * @param sampling how a token is chosen
 * @param seed what all draws follow from: the same words give the same replies
 */
public record ChatSettings(
    Path model,
    List<Path> adapters,
    Dtype dtype,
    Optional<String> system,
    int maxReplyTokens,
    Sampling sampling,
    long seed) {

  private static final int LONGEST = 512;

  /** Copies the list and checks the length. */
  public ChatSettings {
    adapters = List.copyOf(adapters);
    if (maxReplyTokens < 1) {
      throw new IllegalArgumentException(
          "maxReplyTokens " + maxReplyTokens + " must be at least 1");
    }
  }

  /** A model alone, in float32, with replies of up to 512 tokens drawn as they come. */
  public static ChatSettings of(Path model) {
    return new ChatSettings(
        model, List.of(), Dtype.FLOAT32, Optional.empty(), LONGEST, Sampling.plain(), 0);
  }

  /** The same with one adapter more on top. */
  public ChatSettings withAdapter(Path folder) {
    List<Path> more = new ArrayList<>(adapters);
    more.add(folder);
    return new ChatSettings(model, more, dtype, system, maxReplyTokens, sampling, seed);
  }

  /** The same in another element type. */
  public ChatSettings withDtype(Dtype other) {
    return new ChatSettings(model, adapters, other, system, maxReplyTokens, sampling, seed);
  }

  /** The same with those words of the system first. */
  public ChatSettings withSystem(String words) {
    return new ChatSettings(
        model, adapters, dtype, Optional.of(words), maxReplyTokens, sampling, seed);
  }

  /** The same with another longest reply. */
  public ChatSettings withMaxReplyTokens(int tokens) {
    return new ChatSettings(model, adapters, dtype, system, tokens, sampling, seed);
  }

  /** The same with another choice of tokens, such as {@code new Sampling.Greedy()}. */
  public ChatSettings withSampling(Sampling other) {
    return new ChatSettings(model, adapters, dtype, system, maxReplyTokens, other, seed);
  }

  /** The same with other draws. */
  public ChatSettings withSeed(long other) {
    return new ChatSettings(model, adapters, dtype, system, maxReplyTokens, sampling, other);
  }
}
