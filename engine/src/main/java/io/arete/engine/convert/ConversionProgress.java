package io.arete.engine.convert;

/** Is told how far a conversion is. */
@FunctionalInterface
public interface ConversionProgress {

  /** A tensor was written; {@code bytesDone} of {@code bytesTotal} bytes of weights are. */
  void tensorWritten(String name, long bytesDone, long bytesTotal);
}
