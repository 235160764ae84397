package io.arete.rlaif.run;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps its files. Whoever holds a {@code RunFolder} holds its lock.
 *
 * <pre>
 * NAME/
 *   recipe.yaml       what was asked, every default written out
 *   run.json          stages and their states: the one truth about progress
 *   times.json        seconds of the clock
 *   memory.json       the most memory that the process held
 *   splits.json       which prompts train, watch and judge
 *   sft/ feedback/ reward/{facet}/ policy/ evaluation/
 *   gates.json
 *   .live.json        what it is doing at this moment, see {@link LiveTask}
 * </pre>
 */
public final class RunFolder implements AutoCloseable {

  /** Which prompts train, watch and judge; in the folder of a run, and of {@code reward train}. */
  public static final String SPLITS = "splits.json";

  // What each caller can do about it: a run that was named can be named otherwise, but one that is
  // asked about is just that one.
  private static final String IN_USE = "Another run is using %s (process %s); wait for it to end";
  private static final String NAMED = IN_USE + ", or give this run another name.";
  private static final String OUT = IN_USE + ", or name another folder.";
  private static final String MADE =
      "A run is at work in %s just now (process %s); wait until it ends, then ask again.";

  private final Path root;
  private final RunLock lock;

  private RunFolder(Path root, RunLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Opens a run's folder, making it if it is not there.
   *
   * @throws AreteException if another run is using it, or it cannot be written
   */
  public static RunFolder open(Path root) {
    return open(root, NAMED);
  }

  /**
   * Opens a folder that somebody named for results, making it if it is not there.
   *
   * @throws AreteException if another run is using it, or it cannot be written
   */
  public static RunFolder openOut(Path root) {
    return open(root, OUT);
  }

  /**
   * Opens the folder of a run that is there, to ask it something.
   *
   * @throws AreteException if it is at work, or the folder cannot be written
   */
  public static RunFolder openMade(Path root) {
    return open(root, MADE);
  }

  private static RunFolder open(Path root, String inUse) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw IoFailure.writing(root, e);
    }
    RunFolder folder = new RunFolder(root, RunLock.take(root, inUse));
    try {
      io.arete.engine.checkpoint.AtomicFile.clearPartials(root);
    } catch (IOException e) {
      folder.close();
      throw IoFailure.writing(root, e);
    }
    return folder;
  }

  /** Whether the process that used a run's folder last still lives; it may use another by now. */
  public static boolean lastUserLives(Path root) {
    return RunLock.lastHolderLives(root);
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** What was asked. */
  public Path recipe() {
    return root.resolve("recipe.yaml");
  }

  /** Stages and states, see {@link RunManifest}. */
  public Path manifest() {
    return root.resolve("run.json");
  }

  /** Seconds of the clock, see {@link StageTimes}. */
  public Path times() {
    return root.resolve("times.json");
  }

  /** The most memory that the process held, see {@link StagePeaks}. */
  public Path memory() {
    return root.resolve("memory.json");
  }

  /** Which prompts train, watch and judge. */
  public Path splits() {
    return root.resolve(SPLITS);
  }

  /** What the gates found. */
  public Path gates() {
    return root.resolve("gates.json");
  }

  /** A stage's own folder. */
  public Path stage(Stage stage) {
    return root.resolve(stage.folderName());
  }

  /** A stage's metrics, see {@link MetricLog}. */
  public Path metrics(Stage stage) {
    return stage(stage).resolve("metrics.jsonl");
  }

  /** How long the texts of the pairs are. */
  public Path lengths() {
    return stage(Stage.REWARD).resolve("lengths.json");
  }

  /** The sampled conversations. */
  public Path conversations() {
    return stage(Stage.FEEDBACK).resolve("conversations.jsonl");
  }

  /** The preference pairs of a facet. */
  public Path preferences(Facet facet) {
    return stage(Stage.FEEDBACK).resolve("preferences").resolve(facet.wireName() + ".jsonl");
  }

  /** What the labeler said of each pair, vote by vote. */
  public Path judgements() {
    return stage(Stage.FEEDBACK).resolve("judgements.jsonl");
  }

  /** A facet's reward model. */
  public Path reward(Facet facet) {
    return stage(Stage.REWARD).resolve(facet.wireName());
  }

  /** Frees the folder for another run. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw IoFailure.writing(root, e);
    }
  }
}
