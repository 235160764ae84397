package io.arete.engine.convert;

import io.arete.engine.nn.RotaryScaling;
import java.util.Optional;

/**
 * The tensor {@code rope_freqs.weight}, in which llama.cpp keeps Llama 3's scaling: what each
 * rotary frequency is divided by. config.json keeps the four numbers of the rule instead.
 */
final class RopeFactors {

  static final String TENSOR = "rope_freqs.weight";

  /** What all releases of Llama 3 say; the factor differs and is the tensor's largest element. */
  private static final double LOW_FREQUENCY = 1;

  private static final double HIGH_FREQUENCY = 4;
  private static final double ORIGINAL_CONTEXT = 8_192;

  /** Other programs compute the factors in float32. */
  private static final double TOLERANCE = 1e-4;

  private RopeFactors() {}

  /** The divisors of the frequencies, {@code [width / 2]}. */
  static float[] of(RotaryScaling scaling, double theta, int width) {
    float[] factors = new float[width / 2];
    for (int i = 0; i < factors.length; i++) {
      double frequency = (float) Math.pow(theta, -2.0 * i / width);
      factors[i] = (float) (frequency / scaling.scale(frequency));
    }
    return factors;
  }

  /** The rule that gives these divisors, if it is one that Llama 3 was released with. */
  static Optional<RotaryScaling> rule(float[] factors, double theta, int width) {
    double largest = 0;
    for (float factor : factors) {
      largest = Math.max(largest, factor);
    }
    if (!(largest >= 1) || !Double.isFinite(largest)) {
      return Optional.empty();
    }
    RotaryScaling rule =
        new RotaryScaling.Llama3(largest, LOW_FREQUENCY, HIGH_FREQUENCY, ORIGINAL_CONTEXT);
    float[] expected = of(rule, theta, width);
    for (int i = 0; i < factors.length; i++) {
      if (!(Math.abs(factors[i] - expected[i]) <= TOLERANCE * expected[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(rule);
  }
}
