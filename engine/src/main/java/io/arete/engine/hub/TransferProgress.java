package io.arete.engine.hub;

/** Is told how far a transfer is. */
@FunctionalInterface
public interface TransferProgress {

  /** Bytes that are done, of all that are to be. Never called by two threads at once. */
  void moved(long done, long total);
}
