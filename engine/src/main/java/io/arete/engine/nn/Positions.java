package io.arete.engine.nn;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;

/** How a model knows where a token stands. */
public sealed interface Positions {

  /** What tokens at {@code positions} need, in the element type of the activations. */
  Turn at(int[] positions, Dtype dtype, Device device);

  /**
   * Queries and keys turn by their position.
   *
   * @param width channels of each head that turn, the first ones; even
   * @param base base of the frequencies
   */
  record Turned(int width, double base, RotaryScaling scaling) implements Positions {
    @Override
    public Turn at(int[] positions, Dtype dtype, Device device) {
      return Rotary.at(positions, width, base, scaling, dtype, device);
    }
  }

  /** A learned vector for each position is added to the embedding; heads stay as they are. */
  record Learned() implements Positions {
    @Override
    public Turn at(int[] positions, Dtype dtype, Device device) {
      return heads -> heads;
    }
  }
}
