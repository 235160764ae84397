package io.arete.engine.disk;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What shall happen to the disk of this process, from system properties.
 *
 * <p>A change is whatever may leave other files behind: making a file or folder, a write, a
 * truncation, a force, a move, a deletion. Changes are counted from 1.
 */
final class DiskPlan {

  /** The folder whose changes count. */
  static final String ROOT = "arete.disk.root";

  /** Before the change of this number the process waits to be killed; a write is half done. */
  static final String KILL_AT = "arete.disk.kill-at";

  /** From the change of this number on, nothing can be added to the disk. */
  static final String FULL_FROM = "arete.disk.full-from";

  /** A file that gets a line for each change. */
  static final String LEDGER = "arete.disk.ledger";

  /** What the process says before it waits to be killed. */
  static final String READY = "to be killed at ";

  /** A kind of change, with whether it needs space. */
  enum Change {
    CREATE(true),
    OPEN(false),
    WRITE(true),
    FORCE(false),
    TRUNCATE(false),
    MOVE(false),
    DELETE(false);

    private final boolean needsSpace;

    Change(boolean needsSpace) {
      this.needsSpace = needsSpace;
    }
  }

  private final String root;
  private final long killAt;
  private final long fullFrom;
  private final @Nullable PrintStream ledger;
  private long changes;

  private DiskPlan(String root, long killAt, long fullFrom, @Nullable PrintStream ledger) {
    this.root = root;
    this.killAt = killAt;
    this.fullFrom = fullFrom;
    this.ledger = ledger;
  }

  static DiskPlan ofProperties() {
    String ledger = System.getProperty(LEDGER);
    try {
      return new DiskPlan(
          System.getProperty(ROOT, "nowhere"),
          Long.getLong(KILL_AT, Long.MAX_VALUE),
          Long.getLong(FULL_FROM, Long.MAX_VALUE),
          ledger == null ? null : new PrintStream(ledger, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether changes of that absolute path count. */
  boolean watches(String path) {
    return path.equals(root) || path.startsWith(root + File.separator);
  }

  /**
   * Counts a change that is about to happen.
   *
   * @param started does what a kill in the middle of it leaves
   * @throws IOException if the disk is full
   */
  synchronized void before(Change change, String path, Started started) throws IOException {
    changes++;
    String what = change + " " + path.substring(Math.min(path.length(), root.length() + 1));
    if (ledger != null) {
      ledger.println(what);
    }
    if (changes == killAt) {
      started.run();
      waitForTheEnd(what);
    }
    if (changes >= fullFrom && change.needsSpace) {
      throw new IOException("No space left on device");
    }
  }

  /** The first part of a change. */
  interface Started {

    /** Of what happens as a whole or not at all. */
    Started NOTHING = () -> {};

    /** Does it. */
    void run() throws IOException;
  }

  private void waitForTheEnd(String what) throws IOException {
    System.out.println(READY + "change " + changes + ": " + what);
    System.out.flush();
    while (System.in.read() >= 0) {
      // Whoever started this process kills it here; if that one is dead, the input ends.
    }
    Runtime.getRuntime().halt(1);
  }
}
