package io.arete.engine.generate;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;

/**
 * Chooses next tokens from logits. A draw is the inverse of the distribution function at one
 * uniform number: one counted number a token, where noise on every logit would need thousands.
 */
final class TokenChooser {

  /** Tokens with their log-probabilities. */
  record Choice(long[] ids, double[] logProbs) {}

  private final Sampling sampling;

  TokenChooser(Sampling sampling) {
    this.sampling = sampling;
  }

  /**
   * One token a row.
   *
   * @param logits {@code [rows, vocabulary]}, float32
   * @param uniforms one number in [0, 1) for each row
   */
  Choice choose(Tensor logits, double[] uniforms, Device device) {
    Tensor scaled = logits;
    if (sampling instanceof Sampling.Random random && random.temperature() != 1) {
      scaled = logits.mul(1 / random.temperature());
    }
    Tensor logProbs = scaled.logSoftmax(1);
    Tensor chosen =
        sampling instanceof Sampling.Random random
            ? draw(logProbs.exp(), uniforms, random, device)
            : logProbs.argmax(1);
    Tensor read = logProbs.gather(1, chosen.unsqueeze(1));
    return new Choice(chosen.toLongs(), read.toDoubles());
  }

  private static Tensor draw(
      Tensor probabilities, double[] uniforms, Sampling.Random random, Device device) {
    if (!random.cut()) {
      return invert(probabilities, uniforms, device);
    }
    Tensor.Sorted sorted = probabilities.sortDescending(1);
    long vocabulary = probabilities.size(1);
    long kept = random.topK() > 0 ? Math.min(random.topK(), vocabulary) : vocabulary;
    Tensor values = sorted.values().narrow(1, 0, kept);
    if (random.topP() < 1) {
      // A token stays if the mass before it, as a share of what top-k left, is below top-p.
      Tensor before = values.cumsum(1).sub(values);
      Tensor share =
          random.topK() > 0 ? before.div(values.cumsum(1).narrow(1, kept - 1, 1)) : before;
      values = values.maskedFill(share.atLeast(random.topP()), 0);
    }
    Tensor place = invert(values, uniforms, device);
    return sorted.indices().gather(1, place.unsqueeze(1)).view(-1);
  }

  /** Index of the first entry whose running sum exceeds {@code u * total}. */
  private static Tensor invert(Tensor weights, double[] uniforms, Device device) {
    Tensor sums = weights.cumsum(1);
    float[] thresholds = sums.narrow(1, sums.size(1) - 1, 1).toFloats();
    for (int i = 0; i < thresholds.length; i++) {
      // Rounding must not reach the total, past the last token that has any weight.
      float below = Math.nextDown(thresholds[i]);
      thresholds[i] = Math.min((float) (uniforms[i] * thresholds[i]), below);
    }
    Tensor threshold = Tensors.of(device, thresholds, thresholds.length, 1);
    return sums.atMost(threshold).sum(1);
  }
}
