package io.arete.rlaif.config;

/**
 * When a run is stopped before it wastes hours.
 *
 * @param firstLossTolerance how far a reward model's first loss may be from ln 2
 * @param firstLossPairs pairs that the first loss is measured on
 * @param heldOutAccuracyLow what the low end of the held-out accuracy's interval must exceed
 * @param ratioMean the largest mean |ratio - 1| before an iteration's first step
 * @param ratioMax the largest single |ratio - 1| then
 * @param samplingKlMean the least mean k1 of the last replies, in nats a reply
 * @param samplingKlZ the least z of that mean; both must be passed to stop
 * @param samplingKlReplies replies that it is measured on
 * @param labels what a labeler must show
 * @param checks what the gates ask that count or try something themselves
 */
public record GatesSection(
    double firstLossTolerance,
    int firstLossPairs,
    double heldOutAccuracyLow,
    double ratioMean,
    double ratioMax,
    double samplingKlMean,
    double samplingKlZ,
    int samplingKlReplies,
    LabelLimits labels,
    CheckSettings checks) {

  static final KeyList KEYS = new KeyList("gates", "When a run is stopped, and told why");
  private static final Key<Double> FIRST_LOSS_TOLERANCE =
      KEYS.real(
          "first_loss_tolerance",
          0.02,
          Range.above(0, 1),
          "nats",
          "how far a reward model's first loss may be from ln 2");
  private static final Key<Integer> FIRST_LOSS_PAIRS =
      KEYS.whole(
          "first_loss_pairs", 128, Range.atLeast(1), "pairs", "that the first loss is measured on");
  private static final Key<Double> HELD_OUT_ACCURACY_LOW =
      KEYS.real(
          "held_out_accuracy_low",
          0.55,
          Range.of(0, 1),
          "",
          "what the low end of the held-out accuracy's 95 % interval must exceed");
  private static final Key<Double> RATIO_MEAN =
      KEYS.real(
          "ratio_mean",
          0.01,
          Range.above(0, 10),
          "",
          "the largest mean of |ratio - 1| before an iteration's first step");
  private static final Key<Double> RATIO_MAX =
      KEYS.real("ratio_max", 0.05, Range.above(0, 10), "", "the largest single |ratio - 1| then");
  private static final Key<Double> SAMPLING_KL_MEAN =
      KEYS.real(
          "sampling_kl_mean",
          -0.1,
          Range.of(-1000, 0),
          "nats a reply",
          "a mean k1 below it, with a z below sampling_kl_z, means broken sampling");
  private static final Key<Double> SAMPLING_KL_Z =
      KEYS.real("sampling_kl_z", -4, Range.of(-1000, 0), "", "the z of that mean");
  private static final Key<Integer> SAMPLING_KL_REPLIES =
      KEYS.whole(
          "sampling_kl_replies",
          256,
          Range.atLeast(2),
          "replies",
          "the fewest last replies that it is measured on");
  private static final LabelLimits.Keys LABELS = LabelLimits.Keys.declare(KEYS);
  private static final CheckKeys CHECKS = CheckKeys.declare(KEYS);

  static GatesSection read(Values values) {
    return new GatesSection(
        values.get(FIRST_LOSS_TOLERANCE),
        values.get(FIRST_LOSS_PAIRS),
        values.get(HELD_OUT_ACCURACY_LOW),
        values.get(RATIO_MEAN),
        values.get(RATIO_MAX),
        values.get(SAMPLING_KL_MEAN),
        values.get(SAMPLING_KL_Z),
        values.get(SAMPLING_KL_REPLIES),
        LABELS.read(values),
        CHECKS.read(values));
  }
}
