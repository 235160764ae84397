package io.arete.engine.nn;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.List;

/**
 * Rotary positions (Su et al. 2021) for given token positions: each head's first and second half
 * turn by {@code position · frequency}. Where the tables are narrower than a head, the rest of the
 * head stays as it is.
 *
 * @param cosine {@code [tokens, 1, width]}
 * @param sine {@code [tokens, 1, width]}, the first half negated, so that a roll replaces the split
 */
public record Rotary(Tensor cosine, Tensor sine) implements Turn {

  /** Tables for {@code positions}, in the element type of the activations. */
  public static Rotary at(
      int[] positions, int width, double base, RotaryScaling scaling, Dtype dtype, Device device) {
    int half = width / 2;
    float[] cosine = new float[positions.length * width];
    float[] sine = new float[positions.length * width];
    for (int i = 0; i < half; i++) {
      // Frequencies in float32, as the reference implementations keep them.
      float frequency = (float) scaling.scale((float) Math.pow(base, -2.0 * i / width));
      for (int token = 0; token < positions.length; token++) {
        double angle = (float) positions[token] * frequency;
        int at = token * width + i;
        cosine[at] = (float) Math.cos(angle);
        cosine[at + half] = cosine[at];
        sine[at] = (float) -Math.sin(angle);
        sine[at + half] = -sine[at];
      }
    }
    return new Rotary(
        Tensors.of(device, cosine, positions.length, 1, width).to(dtype),
        Tensors.of(device, sine, positions.length, 1, width).to(dtype));
  }

  @Override
  public Tensor turn(Tensor heads) {
    long width = cosine.size(2);
    long rest = heads.size(2) - width;
    if (rest == 0) {
      return whole(heads);
    }
    List<Tensor> parts = heads.split(2, width, rest);
    return Tensor.cat(List.of(whole(parts.get(0)), parts.get(1)), 2);
  }

  private Tensor whole(Tensor heads) {
    return heads.mul(cosine).addcmul(heads.roll(heads.size(2) / 2, 2), sine);
  }
}
