package io.arete.engine.nn;

/** How rotary frequencies are stretched for contexts longer than those of pre-training. */
public sealed interface RotaryScaling {

  /** The frequency to use instead of {@code frequency} (radians a position). */
  double scale(double frequency);

  /** No stretching. */
  record None() implements RotaryScaling {
    @Override
    public double scale(double frequency) {
      return frequency;
    }
  }

  /**
   * Position interpolation (Chen et al. 2023): all frequencies divided by one factor.
   *
   * @param factor at least 1
   */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public double scale(double frequency) {
      return frequency / factor;
    }
  }

  /**
   * Llama 3's rule: long wavelengths divided by {@code factor}, short ones kept, smooth between.
   *
   * @param originalContext tokens of the pre-training context
   */
  record Llama3(double factor, double lowFrequency, double highFrequency, double originalContext)
      implements RotaryScaling {
    @Override
    public double scale(double frequency) {
      double wavelength = 2 * Math.PI / frequency;
      if (wavelength < originalContext / highFrequency) {
        return frequency;
      }
      if (wavelength > originalContext / lowFrequency) {
        return frequency / factor;
      }
      double smooth =
          (originalContext / wavelength - lowFrequency) / (highFrequency - lowFrequency);
      return (1 - smooth) * frequency / factor + smooth * frequency;
    }
  }
}
