package io.arete.rlaif.config;

import io.arete.rlaif.data.Reads;
import java.util.Optional;

/**
 * The three reward models.
 *
 * @param maxLength tokens of the text that is scored; a longer one is cut, never in its reply;
 *     empty = found from the pairs' texts, see {@code keptShare}
 * @param keptShare the share of each facet's texts that a found {@code maxLength} keeps whole
 * @param reads what they see of a conversation; empty = as the constitution says
 * @param heads whether each facet has an adapter of its own
 * @param lora each model's adapter
 * @param epochs passes over the pairs
 * @param batchSize pairs of one optimizer step
 * @param tokensPerPass tokens of one forward and backward pass
 * @param optimizer how the weights move
 * @param margin whether a pair's margin is part of the loss
 * @param centering weight of the squared sum of a pair's scores in the loss; 0 = off
 * @param labelSmoothing how far a label is drawn towards one half in training; 0 = not at all
 * @param earlyStop when training ends before its epochs do
 * @param members which models there are beside one for each facet
 * @param heldOut the fewest pairs that the accuracy is measured on
 * @param checkpointEvery steps between two checkpoints
 */
public record RewardSection(
    Optional<Integer> maxLength,
    double keptShare,
    Optional<Reads> reads,
    Heads heads,
    LoraSettings lora,
    int epochs,
    int batchSize,
    int tokensPerPass,
    OptimizerSettings optimizer,
    boolean margin,
    double centering,
    double labelSmoothing,
    EarlyStopSettings earlyStop,
    RewardMembers members,
    int heldOut,
    int checkpointEvery) {

  /** What the facets' reward models have in common besides the base. */
  public enum Heads {
    /** Nothing: an adapter and a head for each facet. */
    SEPARATE,
    /** One adapter, trained on all facets together, with a head for each. */
    SHARED
  }

  static final KeyList KEYS = new KeyList("reward", "The reward models, one a facet");
  private static final Key<Optional<Integer>> MAX_LENGTH =
      KEYS.wholeOrAuto(
          "max_length",
          192,
          Range.of(16, 131072),
          "tokens",
          "longer texts are cut: the prompt from its left, then earlier replies, never the"
              + " facet's own; auto takes the smallest multiple of 8 that keeps kept_share of"
              + " each facet's texts whole");
  private static final Key<Double> KEPT_SHARE =
      KEYS.real(
          "kept_share",
          0.986,
          Range.above(0, 1),
          "",
          "the share of each facet's texts that max_length: auto keeps whole");
  private static final Key<Optional<Reads>> READS =
      KEYS.optionalChoice(
          "reads",
          Reads.values(),
          Reads::wireName,
          "what is scored: the whole conversation up to the facet's reply, or the prompt, the"
              + " facet's question and its reply alone; without it, as the constitution says");
  private static final Key<Heads> HEADS =
      KEYS.choice(
          "heads",
          Heads.values(),
          Heads.SEPARATE,
          "an adapter for each facet, or one adapter that all facets train, with a head for each,"
              + " which reads a conversation once for all of them, unless max_length cuts it");
  private static final LoraKeys LORA = LoraKeys.withDropout(KEYS, "lora");
  private static final Key<Integer> EPOCHS = TrainingKeys.epochs(KEYS);
  private static final Key<Integer> BATCH_SIZE = TrainingKeys.batchSize(KEYS, "pairs");
  private static final Key<Integer> TOKENS_PER_PASS = TrainingKeys.tokensPerPass(KEYS);
  private static final OptimizerKeys OPTIMIZER = OptimizerKeys.declare(KEYS, 3e-4);
  private static final Key<Boolean> MARGIN =
      KEYS.flag("margin", false, "whether the loss subtracts each pair's margin");
  private static final Key<Double> CENTERING =
      KEYS.real(
          "centering",
          0.0,
          Range.of(0, 100),
          "",
          "the weight of the squared sum of a pair's scores in the loss, which keeps scores"
              + " about 0; 0.01 is usual, 0 turns it off");
  private static final Key<Double> LABEL_SMOOTHING =
      KEYS.real(
          "label_smoothing",
          0,
          Range.below(0, 1),
          "",
          "how far labels are drawn towards one half in training: p (1 - s) + s / 2");
  private static final EarlyStopKeys EARLY_STOP = EarlyStopKeys.declare(KEYS);
  private static final RewardMemberKeys MEMBERS = RewardMemberKeys.declare(KEYS);
  private static final Key<Integer> HELD_OUT =
      KEYS.whole(
          "held_out",
          400,
          Range.atLeast(1),
          "pairs",
          "the fewest pairs that accuracy is measured on");
  private static final Key<Integer> CHECKPOINT_EVERY =
      TrainingKeys.checkpointEvery(KEYS, 10, "steps");

  static RewardSection read(Values values) {
    return new RewardSection(
        values.get(MAX_LENGTH),
        values.get(KEPT_SHARE),
        values.get(READS),
        values.get(HEADS),
        LORA.read(values),
        values.get(EPOCHS),
        values.get(BATCH_SIZE),
        values.get(TOKENS_PER_PASS),
        OPTIMIZER.read(values),
        values.get(MARGIN),
        values.get(CENTERING),
        values.get(LABEL_SMOOTHING),
        EARLY_STOP.read(values),
        MEMBERS.read(values),
        values.get(HELD_OUT),
        values.get(CHECKPOINT_EVERY));
  }
}
