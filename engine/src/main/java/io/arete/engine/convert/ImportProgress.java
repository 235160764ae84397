package io.arete.engine.convert;

/** Is told how far an import is. */
@FunctionalInterface
public interface ImportProgress {

  /** A tensor was written; {@code bytesDone} of {@code bytesTotal} bytes of weights are. */
  void tensorWritten(String name, long bytesDone, long bytesTotal);
}
