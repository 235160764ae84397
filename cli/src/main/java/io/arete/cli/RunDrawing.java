package io.arete.cli;

import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.live.RunPicture;
import io.arete.rlaif.live.Talk;
import io.arete.rlaif.run.LiveTask;
import io.arete.rlaif.run.StageRecord;
import java.util.List;
import java.util.Locale;

/** Draws a run: stages, the task under way, curves, gates, the newest conversation. */
final class RunDrawing {

  private static final int NAME = 2;
  private static final int STATE = 14;
  private static final int TIME = 24;
  private static final int TASK = 33;
  private static final int CURVE = 31;
  private static final int WIDEST_CURVE = 60;
  private static final int NUMBERS = 19;
  private static final int NARROWEST_CURVE = 8;

  private final Canvas canvas;

  RunDrawing(Canvas canvas) {
    this.canvas = canvas;
  }

  /**
   * Draws all of a picture.
   *
   * @param name of the run
   * @param allCurves whether also those of stages before the newest
   */
  void draw(String name, RunPicture picture, boolean allCurves) {
    head(name, picture);
    if (picture.state() == RunPicture.State.CUT) {
      canvas.wrap(
          "No process works on it: the command that began it goes on where it was cut.",
          NAME,
          Canvas.Style.WARNING);
    }
    for (RunPicture.StageLine line : picture.stages()) {
      stage(line, picture);
    }
    curves(picture, allCurves);
    gates(picture.gates());
    picture.talk().ifPresent(this::talk);
  }

  /** One line: how a run is. */
  void head(String name, RunPicture picture) {
    canvas
        .put(name, Canvas.Style.STRONG)
        .put("  ", Canvas.Style.PLAIN)
        .put(words(picture.state()), style(picture.state()))
        .put(", " + ProgressLines.clock(picture.seconds()) + " so far", Canvas.Style.PLAIN)
        .end();
  }

  private void stage(RunPicture.StageLine line, RunPicture picture) {
    boolean here = picture.task().flatMap(LiveTask::stage).filter(line.stage()::equals).isPresent();
    boolean cut = line.state() == StageRecord.State.RUNNING && picture.task().isEmpty();
    canvas.put(" ".repeat(NAME) + line.stage().wireName(), Canvas.Style.PLAIN).tab(STATE);
    canvas.put(cut ? "cut" : line.state().name().toLowerCase(Locale.ROOT), style(line.state()));
    if (line.seconds() > 0) {
      String time = ProgressLines.clock(line.seconds());
      canvas.tab(TIME + Math.max(0, 7 - time.length())).put(time, Canvas.Style.PLAIN);
    }
    if (here) {
      picture.task().ifPresent(this::task);
    }
    canvas.endIfBegun();
    if (!line.reason().isEmpty()) {
      canvas.wrap(line.reason(), STATE, Canvas.Style.BAD);
    }
  }

  private void task(LiveTask task) {
    if (task.task().isEmpty()) {
      return;
    }
    StringBuilder text =
        new StringBuilder(task.task() + ": " + task.done() + " of " + task.total() + " ");
    text.append(task.unit());
    task.rate().ifPresent(rate -> text.append(String.format(Locale.ROOT, ", %.3g a second", rate)));
    task.remaining()
        .ifPresent(
            seconds -> text.append(", ").append(ProgressLines.clock(seconds)).append(" left"));
    if (text.length() + TASK <= canvas.columns()) {
      canvas.tab(TASK).put(text.toString(), Canvas.Style.BUSY);
    } else {
      canvas.end();
      canvas.wrap(text.toString(), 2 * NAME, Canvas.Style.BUSY);
    }
  }

  private void curves(RunPicture picture, boolean all) {
    List<RunPicture.Curve> shown =
        picture.curves().stream()
            .filter(curve -> all || curve.stage() == picture.newest())
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    canvas.end();
    int room = canvas.columns() - CURVE - NUMBERS;
    for (RunPicture.Curve curve : shown) {
      String name = curve.stage().wireName() + " " + curve.name();
      canvas.put(" ".repeat(NAME) + name, Canvas.Style.PLAIN).tab(CURVE);
      if (room >= NARROWEST_CURVE) {
        String line = Sparkline.of(curve.means(), Math.min(room, WIDEST_CURVE));
        canvas.put(line, Canvas.Style.BUSY).put("  ", Canvas.Style.PLAIN);
      }
      boolean both = canvas.columns() >= CURVE + NUMBERS - 2; // without the two blanks before
      String first = both ? number(curve.first()) + " → " : "";
      canvas.put(first + number(curve.end()), Canvas.Style.PLAIN).end();
    }
  }

  private void gates(List<GateResult> gates) {
    if (gates.isEmpty()) {
      return;
    }
    canvas.end();
    StringBuilder counts = new StringBuilder("  gates");
    String before = ": ";
    for (GateResult.Outcome outcome : GateResult.Outcome.values()) {
      long count = gates.stream().filter(gate -> gate.outcome() == outcome).count();
      if (count > 0) {
        counts.append(before).append(count).append(' ').append(outcome.words());
        before = ", ";
      }
    }
    canvas.put(counts.toString(), Canvas.Style.PLAIN).end();
    for (GateResult gate : gates) {
      if (gate.told() && !gate.passed()) {
        canvas.wrap(
            gate.title() + ": " + gate.value() + "; asked is " + gate.threshold(),
            2 * NAME,
            gate.stops() ? Canvas.Style.BAD : Canvas.Style.WARNING);
      }
    }
  }

  private void talk(Talk talk) {
    canvas.end();
    canvas.put("  newest conversation, " + talk.from(), Canvas.Style.PLAIN);
    talk.score().ifPresent(score -> canvas.put(", score " + number(score), Canvas.Style.PLAIN));
    canvas.end();
    for (Talk.Turn turn : talk.turns()) {
      canvas.wrap(turn.who() + ": " + turn.text(), 2 * NAME, Canvas.Style.FAINT);
    }
  }

  /** In a few places. */
  static String number(double value) {
    double size = Math.abs(value);
    return size == 0 || (size >= 1e-3 && size < 1e5)
        ? String.format(Locale.ROOT, size >= 100 ? "%.1f" : "%.4f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** A state as people read it. */
  static String words(RunPicture.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case DONE -> "done";
      case STOPPED -> "stopped by a gate";
      case CUT -> "cut";
      case RESTING -> "resting: stages are left";
    };
  }

  private static Canvas.Style style(RunPicture.State state) {
    return switch (state) {
      case RUNNING -> Canvas.Style.BUSY;
      case DONE -> Canvas.Style.GOOD;
      case STOPPED -> Canvas.Style.BAD;
      case CUT, RESTING -> Canvas.Style.WARNING;
    };
  }

  private static Canvas.Style style(StageRecord.State state) {
    return switch (state) {
      case PENDING -> Canvas.Style.FAINT;
      case RUNNING -> Canvas.Style.BUSY;
      case DONE -> Canvas.Style.GOOD;
      case STOPPED -> Canvas.Style.BAD;
    };
  }
}
