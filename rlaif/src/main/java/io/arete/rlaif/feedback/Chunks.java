package io.arete.rlaif.feedback;

import io.arete.rlaif.stage.StageListener;
import java.util.List;
import java.util.function.Function;

/**
 * Work in pieces of fixed size, each kept on the disk before the next begins. Which items stand in
 * a piece depends on the list alone, so a run that was cut repeats exactly the piece that was lost.
 */
public final class Chunks {

  private Chunks() {}

  /**
   * Does what is left.
   *
   * @param before chunks of earlier work that the log counts too
   * @param work appends the results of one chunk to the log and says what the labeler did for it
   */
  public static <T> void run(
      List<T> items,
      int size,
      long before,
      ChunkLog log,
      StageListener listener,
      Function<List<T>, LabelerWork> work) {
    int from = (int) Math.min(items.size(), Math.max(0, log.chunksDone() - before) * size);
    listener.skip(from);
    while (from < items.size()) {
      int to = Math.min(items.size(), from + size);
      log.chunkDone(work.apply(items.subList(from, to)));
      listener.advance(to - from);
      from = to;
    }
  }

  /** How many chunks there are. */
  public static long count(int items, int size) {
    return (items + size - 1L) / size;
  }
}
