package io.arete.engine.train;

/** How gradients go back through the blocks: the results are the same, time and memory are not. */
public enum Backpropagation {
  /** Every block's graph is kept from the forward pass: fast, but memory grows with the depth. */
  RECORDED,
  /**
   * Only each block's input is kept; going back, a block is computed again, with a graph of its
   * own. One block's graph is in memory at a time, and of a base in 4 bits one block in full.
   */
  BLOCKWISE
}
