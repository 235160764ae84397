package io.arete.engine.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that the engine computes with. */
public enum Dtype {
  FLOAT64(ScalarType.Double, 8),
  FLOAT32(ScalarType.Float, 4),
  BFLOAT16(ScalarType.BFloat16, 2),
  FLOAT16(ScalarType.Half, 2),
  INT64(ScalarType.Long, 8),
  INT32(ScalarType.Int, 4),
  UINT8(ScalarType.Byte, 1),
  BOOL(ScalarType.Bool, 1);

  final ScalarType scalarType;
  private final int bytes;

  Dtype(ScalarType scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  static Dtype of(ScalarType type) {
    for (Dtype dtype : values()) {
      if (dtype.scalarType == type.intern()) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("tensors of type " + type + " are not used here");
  }
}
