package io.arete.rlaif.live;

import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.run.LiveTask;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.run.StageRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A run at one moment.
 *
 * @param state of the whole
 * @param stages all of them, in their order
 * @param task what is under way, if the run is
 * @param curves in the order of the stages
 * @param gates so far
 * @param talk the newest conversation
 */
public record RunPicture(
    State state,
    List<StageLine> stages,
    Optional<LiveTask> task,
    List<Curve> curves,
    List<GateResult> gates,
    Optional<Talk> talk) {

  /** Copies the lists. */
  public RunPicture {
    stages = List.copyOf(stages);
    curves = List.copyOf(curves);
    gates = List.copyOf(gates);
  }

  /** How a run is. */
  public enum State {
    /** A process works on it. */
    RUNNING,
    /** All stages are done. */
    DONE,
    /** A gate halted it. */
    STOPPED,
    /** A process that worked on it has ended in the middle of a stage. */
    CUT,
    /** No stage is under way, and not all are done. */
    RESTING
  }

  /**
   * A stage.
   *
   * @param seconds that it has taken so far
   * @param reason why a gate stopped it; empty otherwise
   */
  public record StageLine(Stage stage, StageRecord.State state, double seconds, String reason) {}

  /**
   * A number over the steps.
   *
   * @param stage that it belongs to
   * @param name of it, such as {@code action accuracy}
   * @param first of its values
   * @param last of them
   * @param means of neighbouring values, a few hundred at most; without those that are not finite
   */
  public record Curve(Stage stage, String name, double first, double last, double[] means) {

    private static final int PARTS = 10;

    /**
     * Where the curve is now: the mean of its last tenth, since one step's value may be that of a
     * lucky batch. The last value itself if it is not finite.
     */
    public double end() {
      int from = means.length - Math.max(1, means.length / PARTS);
      return Double.isFinite(last)
          ? Arrays.stream(means, from, means.length).average().orElse(last)
          : last;
    }
  }

  /** Seconds of all stages. */
  public double seconds() {
    return stages.stream().mapToDouble(StageLine::seconds).sum();
  }

  /** The last stage that has begun; the first if none has. */
  public Stage newest() {
    Stage newest = Stage.SFT;
    for (StageLine line : stages) {
      newest = line.state() == StageRecord.State.PENDING ? newest : line.stage();
    }
    return newest;
  }
}
