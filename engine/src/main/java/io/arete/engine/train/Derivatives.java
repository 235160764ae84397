package io.arete.engine.train;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;

/** Brings a formula's derivatives into the engine. */
final class Derivatives {

  private Derivatives() {}

  static Tensor tensor(Device device, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensors.of(device, floats, floats.length);
  }
}
