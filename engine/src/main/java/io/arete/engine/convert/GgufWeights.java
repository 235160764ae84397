package io.arete.engine.convert;

import io.arete.engine.checkpoint.GgmlType;

/** How an export stores the weights; norms and biases are always float32. */
public enum GgufWeights {
  F16(GgmlType.F16, 1, 65_519),
  Q8_0(GgmlType.Q8_0, 7, 127f * 65_504);

  private final GgmlType type;
  private final int fileType;
  private final float largest;

  GgufWeights(GgmlType type, int fileType, float largest) {
    this.type = type;
    this.fileType = fileType;
    this.largest = largest;
  }

  GgmlType type() {
    return type;
  }

  /** llama.cpp's number under {@code general.file_type}. */
  int fileType() {
    return fileType;
  }

  /** The largest magnitude that does not become infinite. */
  float largest() {
    return largest;
  }
}
