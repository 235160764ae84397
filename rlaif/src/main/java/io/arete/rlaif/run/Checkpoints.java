package io.arete.rlaif.run;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The saved states of a stage. A state is a folder {@code checkpoint-STEP}, written aside, forced
 * to the disk and renamed; then the small file {@code checkpoint} is replaced by one that names it;
 * then the old one is deleted. Killed anywhere between, the file names a complete folder.
 */
public final class Checkpoints {

  private static final String PREFIX = "checkpoint-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})");

  private final Path folder;
  private final Path pointer;

  private Checkpoints(Path folder) {
    this.folder = folder;
    this.pointer = folder.resolve("checkpoint");
  }

  /** Writes the state into an empty folder. */
  public interface State {

    /** Writes all files below {@code folder}. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * A saved state.
   *
   * @param step as the stage counts
   * @param folder where its files are
   */
  public record Saved(long step, Path folder) {}

  /** The checkpoints of a stage's folder; deletes what a kill left behind. */
  public static Checkpoints open(Path folder) {
    Checkpoints checkpoints = new Checkpoints(folder);
    try {
      Files.createDirectories(folder);
      checkpoints.deleteAllBut(checkpoints.latest().map(Saved::folder));
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
    return checkpoints;
  }

  /**
   * The last complete state, if there is one.
   *
   * @throws AreteException if it was damaged from outside
   */
  public Optional<Saved> latest() {
    if (!Files.exists(pointer)) {
      return Optional.empty();
    }
    String name = BoundedText.read(pointer, 100).strip();
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || !Files.isDirectory(folder.resolve(name))) {
      throw new AreteException(
          pointer
              + " names no checkpoint beside it; it was changed from outside, so repeat the"
              + " stage.");
    }
    return Optional.of(new Saved(Long.parseLong(matcher.group(1)), folder.resolve(name)));
  }

  /**
   * Saves a state and forgets the older one. Append-only files whose cursors it stores must be
   * forced to the disk before.
   *
   * @param step greater than the latest one's
   */
  public void save(long step, State state) {
    Optional<Saved> before = latest();
    if (step < 0 || (before.isPresent() && before.get().step() >= step)) {
      throw new IllegalArgumentException("Step " + step + " must follow " + before);
    }
    Path target = folder.resolve(PREFIX + step);
    Path aside = folder.resolve(PREFIX + step + ".partial");
    try {
      Disk.deleteTree(aside);
      Disk.deleteTree(target);
      Files.createDirectories(aside);
      state.writeTo(aside);
      Disk.forceTree(aside);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      Disk.forceFolder(folder);
      AtomicFile.writeText(pointer, target.getFileName() + "\n");
      deleteAllBut(Optional.of(target));
    } catch (IOException e) {
      throw IoFailure.writing(target, e);
    }
  }

  /** Deletes all states, for a stage that is done and keeps its results elsewhere. */
  public void clear() {
    try {
      Files.deleteIfExists(pointer);
      Disk.forceFolder(folder);
      deleteAllBut(Optional.empty());
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
  }

  private void deleteAllBut(Optional<Path> kept) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path path : found) {
        if (kept.isEmpty() || !kept.get().equals(path)) {
          Disk.deleteTree(path);
        }
      }
    }
  }
}
