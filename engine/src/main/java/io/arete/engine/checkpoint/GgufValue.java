package io.arete.engine.checkpoint;

import java.util.List;

/** A metadata value of a GGUF file; the integer types differ in range alone and become one. */
public sealed interface GgufValue {

  /** A truth value. */
  record Flag(boolean value) implements GgufValue {}

  /** An integer of any width. */
  record Whole(long value) implements GgufValue {}

  /** A float32 or float64. */
  record Real(double value) implements GgufValue {}

  /** A string. */
  record Text(String value) implements GgufValue {}

  /** An array; its items are of one kind. */
  record Items(List<GgufValue> values) implements GgufValue {

    public Items {
      values = List.copyOf(values);
    }
  }
}
