package io.arete.rlaif.extension;

import io.arete.rlaif.stage.StageListener;

/** Shows a person how far a command is; close it at the end, also after a failure. */
public interface TaskProgress extends StageListener, AutoCloseable {

  @Override
  void close();

  /** Where commands get one when they begin. */
  interface Source {

    /**
     * Begins to show.
     *
     * @param quiet whether nothing shall be shown
     */
    TaskProgress open(boolean quiet);
  }
}
