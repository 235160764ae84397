package io.arete.cli;

import io.arete.rlaif.live.RunPicture;
import io.arete.rlaif.live.RunWatch;
import io.arete.rlaif.recipe.RunTree;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run, or all runs of a recipe with seeds or a grid, looked at again and again. */
final class WatchedRuns {

  /** So many have a line each even where there is little room. */
  private static final int FEW = 6;

  private final Path root;
  private final Map<Path, RunWatch> watches = new LinkedHashMap<>();
  private Map<Path, RunPicture> pictures = Map.of();

  WatchedRuns(Path root) {
    this.root = root;
  }

  /**
   * Looks at all runs that have begun.
   *
   * @throws io.arete.engine.AreteException if there is no run
   */
  void look() {
    Map<Path, RunPicture> seen = new LinkedHashMap<>();
    for (Path run : runs()) {
      seen.put(run, watches.computeIfAbsent(run, RunWatch::new).look());
    }
    pictures = seen;
  }

  private List<Path> runs() {
    if (!RunTree.isTree(root)) {
      return List.of(root);
    }
    List<Path> begun = RunTree.ofFolder(root).begun();
    return begun.isEmpty() ? List.of(root) : begun;
  }

  /** Whether a process works on one of them, or is on its way from one to the next. */
  boolean running() {
    boolean between =
        pictures.size() > 1 && pictures.keySet().stream().anyMatch(RunFolder::lastUserLives);
    return has(RunPicture.State.RUNNING) || between;
  }

  /** Whether a gate stopped one. */
  boolean stopped() {
    return has(RunPicture.State.STOPPED);
  }

  private boolean has(RunPicture.State state) {
    return pictures.values().stream().anyMatch(picture -> picture.state() == state);
  }

  /** What changes seldom: states of stages, and how many gates there are. */
  String milestones() {
    StringBuilder text = new StringBuilder();
    pictures.forEach(
        (run, picture) -> {
          text.append(run).append(picture.state()).append(picture.gates().size());
          picture.stages().forEach(line -> text.append(line.state()));
        });
    return text.toString();
  }

  private String counts() {
    StringBuilder text = new StringBuilder(pictures.size() + " runs");
    String before = ": ";
    for (RunPicture.State state : RunPicture.State.values()) {
      long count = pictures.values().stream().filter(one -> one.state() == state).count();
      if (count > 0) {
        text.append(before).append(count).append(' ').append(RunDrawing.words(state));
        before = ", ";
      }
    }
    return text.toString();
  }

  /**
   * Draws a line for each of several runs, and the one that is under way; where there is no room
   * for the whole, only what is newest.
   */
  void draw(Canvas canvas, boolean whole) {
    RunDrawing drawing = new RunDrawing(canvas);
    if (pictures.size() > 1) {
      if (whole || pictures.size() <= FEW) {
        pictures.forEach((run, picture) -> drawing.head(name(run), picture));
      } else {
        canvas.put(counts(), Canvas.Style.PLAIN).end();
      }
      canvas.end();
    }
    focus().ifPresent(run -> drawing.draw(name(run.getKey()), run.getValue(), whole));
  }

  /** The run under way, or else the last that has begun. */
  private Optional<Map.Entry<Path, RunPicture>> focus() {
    Optional<Map.Entry<Path, RunPicture>> last = Optional.empty();
    for (Map.Entry<Path, RunPicture> entry : pictures.entrySet()) {
      if (entry.getValue().state() == RunPicture.State.RUNNING) {
        return Optional.of(entry);
      }
      last = Optional.of(entry);
    }
    return last;
  }

  private String name(Path run) {
    String below = root.relativize(run).toString();
    return below.isEmpty() ? root.toString() : below;
  }
}
