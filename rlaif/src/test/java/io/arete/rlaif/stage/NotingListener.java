package io.arete.rlaif.stage;

import java.util.List;

/** Keeps what a stage notes. */
public record NotingListener(List<String> notes) implements StageListener {

  @Override
  public void begin(String task, String unit, long total) {}

  @Override
  public void advance(long count) {}

  @Override
  public void note(String sentence) {
    notes.add(sentence);
  }
}
