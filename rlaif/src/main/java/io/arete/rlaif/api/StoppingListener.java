package io.arete.rlaif.api;

import io.arete.rlaif.stage.StageListener;

/**
 * Hands on what it is told, and ends the work where that is wanted.
 *
 * @param listener told of everything
 * @param turns says when the work shall end
 */
record StoppingListener(StageListener listener, Turns turns) implements StageListener {

  @Override
  public void begin(String task, String unit, long total) {
    turns.step();
    listener.begin(task, unit, total);
  }

  @Override
  public void skip(long count) {
    listener.skip(count);
  }

  @Override
  public void advance(long count) {
    listener.advance(count);
    turns.step();
  }

  @Override
  public void note(String sentence) {
    listener.note(sentence);
  }
}
