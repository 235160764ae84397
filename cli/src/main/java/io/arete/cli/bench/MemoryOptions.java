package io.arete.cli.bench;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Projection;
import io.arete.engine.train.Backpropagation;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What `bench memory --model` does with the model. */
@SuppressWarnings("unused") // picocli fills the fields
final class MemoryOptions {

  private static final int PROMPT_TOKENS = 32;

  /** Which layers the adapters are for. */
  enum Targets {
    QV,
    ALL
  }

  /** What a pass keeps: as the recipe's key {@code memory}. */
  enum Keep {
    AUTO,
    LOW,
    FAST
  }

  /** What is done with the loaded model. */
  enum Steps {
    NONE,
    REWARD,
    PPO,
    ALL
  }

  @Option(
      names = "--steps",
      defaultValue = "all",
      description = "memory --model: the steps to take: none, reward, ppo or all (default).")
  private Steps steps;

  @Option(
      names = "--targets",
      defaultValue = "qv",
      description = "memory --model: layers of the adapters (rank 8): qv (default) or all.")
  private Targets targets;

  @Option(
      names = "--keep",
      defaultValue = "auto",
      description =
          "memory --model: what a training pass keeps: low (block by block), fast, or auto (low for"
              + " four bits).")
  private Keep keep;

  @Option(
      names = "--pairs",
      defaultValue = "16",
      description = "memory --model: pairs of the reward step (default 16).")
  private int pairs;

  @Option(
      names = "--pair-tokens",
      defaultValue = "100",
      description = "memory --model: tokens of each of a pair's texts (default 100), none shared.")
  private int pairTokens;

  @Option(
      names = "--tokens-per-pass",
      defaultValue = "2048",
      description =
          "memory --model: most tokens of a pass of the reward step, as in a recipe (default 2048).")
  private int tokensPerPass;

  @Option(
      names = "--replies",
      defaultValue = "8",
      description = "memory --model: replies of the PPO step (default 8), to prompts of 32 tokens.")
  private int replies;

  @Option(
      names = "--reply-tokens",
      defaultValue = "64",
      description = "memory --model: tokens of each reply (default 64).")
  private int replyTokens;

  /** Whether a step of reward training is taken. */
  boolean rewardStep() {
    return steps == Steps.REWARD || steps == Steps.ALL;
  }

  /** Whether a step of PPO is taken. */
  boolean ppoStep() {
    return steps == Steps.PPO || steps == Steps.ALL;
  }

  /** The adapters' layers. */
  Set<Projection> targets() {
    return targets == Targets.ALL ? EnumSet.allOf(Projection.class) : Subject.STUDY_TARGETS;
  }

  /** How gradients go back. */
  Backpropagation backpropagation(DecoderModel model) {
    boolean low = keep == Keep.LOW || (keep == Keep.AUTO && model.quantised());
    return low ? Backpropagation.BLOCKWISE : Backpropagation.RECORDED;
  }

  /** Pairs of the reward step. */
  int pairs() {
    return pairs;
  }

  /** Pairs that are computed at once. */
  int pairsOfPass() {
    return Math.max(1, tokensPerPass / (2 * pairTokens));
  }

  /** Tokens of each of a pair's texts. */
  int pairTokens() {
    return pairTokens;
  }

  /** What the PPO step does: one epoch. */
  PpoIteration.Sizes ppo() {
    return new PpoIteration.Sizes(replies, 0, PROMPT_TOKENS, replyTokens, 1, 1);
  }
}
