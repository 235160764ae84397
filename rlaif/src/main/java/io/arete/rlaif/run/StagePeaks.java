package io.arete.rlaif.run;

import java.nio.file.Path;
import java.util.Map;

/**
 * The most memory that the process held during each stage, in bytes, over all starts since it was
 * begun.
 */
public final class StagePeaks {

  private StagePeaks() {}

  /** The bytes by stage; none if the file is not there or unreadable: nothing depends on it. */
  public static Map<Stage, Double> read(Path file) {
    return StageNumbers.read(file);
  }

  /** Forgets a stage that begins anew, and all that follow. */
  public static void forgetFrom(Path file, Stage first) {
    StageNumbers.forgetFrom(file, first);
  }

  /** Tells of a peak; the highest counts. */
  public static void tell(Path file, Stage stage, double bytes) {
    StageNumbers.merge(file, stage, bytes, Math::max);
  }
}
