package io.arete.rlaif.recipe;

import io.arete.rlaif.stage.StageListener;

/** Ends the process's work, as a kill would, when something is done for the n-th time. */
final class Cut implements StageListener {

  /** Is thrown in the place of a kill. */
  static final class Here extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private int left;

  Cut(int steps) {
    left = steps;
  }

  @Override
  public void begin(String task, String unit, long total) {}

  @Override
  public void advance(long count) {
    left--;
    if (left == 0) {
      throw new Here();
    }
  }

  @Override
  public void note(String sentence) {}
}
