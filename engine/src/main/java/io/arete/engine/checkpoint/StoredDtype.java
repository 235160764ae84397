package io.arete.engine.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The element types of a safetensors file that are read and written here. */
public enum StoredDtype {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytesPerElement;

  StoredDtype(int bytesPerElement) {
    this.bytesPerElement = bytesPerElement;
  }

  /** Bytes of one element. */
  public int bytesPerElement() {
    return bytesPerElement;
  }

  /** The type that a safetensors header calls {@code name}, or empty if it is not read here. */
  public static Optional<StoredDtype> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }
}
