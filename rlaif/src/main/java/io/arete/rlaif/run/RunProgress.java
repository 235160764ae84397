package io.arete.rlaif.run;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Moves a run through its stages; run.json on the disk is right before and after every step. */
public final class RunProgress {

  private final RunFolder folder;
  private RunManifest manifest;

  private RunProgress(RunFolder folder, RunManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /** What a stage has to do. */
  public enum Task {
    /** Begin in an empty folder. */
    BEGIN,
    /** Go on from the last checkpoint. */
    CONTINUE,
    /** Nothing: its results are there and its inputs are the same. */
    NOTHING
  }

  /**
   * The progress of a run, new or interrupted.
   *
   * @param environment versions, dtype, threads, processor
   * @throws AreteException if the run began with another seed or in another environment, which
   *     would mix results that cannot be repeated
   */
  public static RunProgress open(RunFolder folder, long seed, Map<String, String> environment) {
    if (!Files.exists(folder.manifest())) {
      RunProgress fresh = new RunProgress(folder, RunManifest.begin(seed, environment));
      fresh.save();
      return fresh;
    }
    RunManifest found = RunManifest.read(folder.manifest());
    Map<String, String> before = new TreeMap<>(found.environment());
    before.put("seed", Long.toString(found.seed()));
    Map<String, String> now = new TreeMap<>(environment);
    now.put("seed", Long.toString(seed));
    List<String> changes = changes(before, now);
    if (!changes.isEmpty()) {
      throw new AreteException(
          "The run in "
              + folder.root()
              + " was begun otherwise ("
              + String.join(", ", changes)
              + "); set that back, or give this run another name.");
    }
    return new RunProgress(folder, found);
  }

  /** What run.json says. */
  public RunManifest manifest() {
    return manifest;
  }

  /**
   * What {@link #begin} would say; changes nothing.
   *
   * @param inputs what its results are made from, by a name for people: digests of recipe sections
   *     and files (see {@link Digests})
   * @throws AreteException if it has made something of other inputs, naming them
   */
  public Task next(Stage stage, Map<String, String> inputs) {
    StageRecord record = manifest.stage(stage);
    if (record.state() == StageRecord.State.PENDING) {
      return Task.BEGIN;
    }
    List<String> changed = changedNames(record.inputs(), inputs);
    if (changed.isEmpty()) {
      return record.state() == StageRecord.State.DONE ? Task.NOTHING : Task.CONTINUE;
    }
    if (record.state() != StageRecord.State.DONE && hasMadeNothing(stage)) {
      return Task.BEGIN;
    }
    throw new AreteException(
        "The "
            + stage.wireName()
            + " in "
            + folder.root()
            + " was made from other inputs ("
            + String.join(", ", changed)
            + " changed); repeat it with --from "
            + stage.wireName()
            + ", set the inputs back, or give this run another name.");
  }

  /** Begins a stage, or says that it continues or is done; see {@link #next}. */
  public Task begin(Stage stage, Map<String, String> inputs) {
    Task task = next(stage, inputs);
    if (task == Task.BEGIN) {
      clear(stage);
    }
    if (task != Task.NOTHING) {
      Set<String> forced = task == Task.BEGIN ? Set.of() : manifest.stage(stage).forced();
      set(stage, new StageRecord(StageRecord.State.RUNNING, inputs, "", forced, ""));
    }
    return task;
  }

  /**
   * Takes over what another run made in a stage that has not begun here: its files appear here as
   * second names of the same content, which takes no room on the disk.
   *
   * @param inputs what {@link #begin} would be given
   */
  public void take(Stage stage, Map<String, String> inputs, Path donor) {
    StageRecord record = RunManifest.ofRun(donor).stage(stage);
    if (record.state() != StageRecord.State.DONE) {
      throw new IllegalStateException(donor + " has not done " + stage);
    }
    clear(stage);
    StageSharing.take(stage, donor, folder);
    set(stage, record.taken(inputs, StageSharing.from(folder.root(), donor)));
  }

  /** Writes down which gates a begun stage is told to pass regardless. */
  public void force(Stage stage, Set<String> gates) {
    set(stage, manifest.stage(stage).forcing(gates));
  }

  /** Marks a begun stage as complete. Its files must be on the disk. */
  public void done(Stage stage) {
    end(stage, StageRecord.State.DONE, "");
  }

  /** Marks a begun stage as halted by a gate. */
  public void stopped(Stage stage, String reason) {
    end(stage, StageRecord.State.STOPPED, reason);
  }

  /** Forgets a stage and all that follow, so that they begin anew. */
  public void repeatFrom(Stage first) {
    RunManifest changed = manifest;
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(first) >= 0) {
        changed = changed.with(stage, StageRecord.NOT_BEGUN);
      }
    }
    manifest = changed;
    save();
    StageTimes.forgetFrom(folder.times(), first);
    StagePeaks.forgetFrom(folder.memory(), first);
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(first) >= 0) {
        clear(stage);
      }
    }
  }

  private void end(Stage stage, StageRecord.State state, String reason) {
    StageRecord record = manifest.stage(stage);
    if (record.state() != StageRecord.State.RUNNING) {
      throw new IllegalStateException(stage + " was not begun but is " + record.state());
    }
    set(stage, new StageRecord(state, record.inputs(), reason, record.forced(), ""));
  }

  private void set(Stage stage, StageRecord record) {
    manifest = manifest.with(stage, record);
    save();
  }

  private void save() {
    AtomicFile.writeText(folder.manifest(), manifest.toJson());
  }

  /** What a pending stage left behind counts for nothing, so it must not be continued. */
  private void clear(Stage stage) {
    try {
      Disk.deleteTree(folder.stage(stage));
      if (stage == Stage.SFT) {
        Files.deleteIfExists(folder.splits()); // made for the first stage, from its inputs
      }
    } catch (IOException e) {
      throw IoFailure.writing(folder.stage(stage), e);
    }
  }

  /**
   * Whether a stage was halted or cut before its first result: what there is tells how long the
   * texts are, or is empty.
   */
  private boolean hasMadeNothing(Stage stage) {
    Path lengths = folder.lengths();
    try {
      long told = stage == Stage.REWARD && Files.exists(lengths) ? Files.size(lengths) : 0;
      return Disk.bytesBelow(folder.stage(stage)) == told;
    } catch (IOException e) {
      throw IoFailure.reading(folder.stage(stage), e);
    }
  }

  private static List<String> changedNames(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> before.getOrDefault(name, "").equals(now.getOrDefault(name, "")));
    return List.copyOf(names);
  }

  private static List<String> changes(Map<String, String> before, Map<String, String> now) {
    List<String> changes = new ArrayList<>();
    for (String name : changedNames(before, now)) {
      changes.add(
          name
              + " was "
              + before.getOrDefault(name, "absent")
              + " and is "
              + now.getOrDefault(name, "absent"));
    }
    return changes;
  }
}
