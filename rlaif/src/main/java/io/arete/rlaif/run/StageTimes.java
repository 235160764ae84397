package io.arete.rlaif.run;

import java.nio.file.Path;
import java.util.Map;

/** Seconds of the clock that each stage took, over all starts since it was begun. */
public final class StageTimes {

  private StageTimes() {}

  /** The seconds by stage; none if the file is not there or unreadable: nothing depends on it. */
  public static Map<Stage, Double> read(Path file) {
    return StageNumbers.read(file);
  }

  /** Forgets a stage that begins anew, and all that follow. */
  public static void forgetFrom(Path file, Stage first) {
    StageNumbers.forgetFrom(file, first);
  }

  /** Adds seconds to a stage's. */
  public static void add(Path file, Stage stage, double seconds) {
    StageNumbers.merge(file, stage, seconds, Double::sum);
  }
}
