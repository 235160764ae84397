package io.arete.engine.inspect;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory, as Linux counts it. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MARKS = Path.of("/proc/self/clear_refs");

  /** What makes Linux forget the highest resident memory so far. */
  private static final String RESET_PEAK = "5";

  private ResidentMemory() {}

  /** Whether the system tells. */
  public static boolean isKnown() {
    return Files.isReadable(STATUS) && Files.isWritable(MARKS);
  }

  /** Fails where the system does not tell. */
  public static void require() {
    if (!isKnown()) {
      throw new AreteException(
          "this system does not say in " + STATUS + " how much memory is used; measure on Linux");
    }
  }

  /** Resident now, in KiB. */
  public static double kibibytes() {
    // Garbage of Java's own heap is no leak.
    System.gc();
    return line("VmRSS:");
  }

  /** The highest since {@link #resetPeak}, in KiB. */
  public static double peakKibibytes() {
    return line("VmHWM:");
  }

  /** Begins to watch for the highest anew. */
  public static void resetPeak() {
    System.gc();
    try {
      Files.writeString(MARKS, RESET_PEAK);
    } catch (IOException e) {
      throw new AreteException(MARKS + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static double line(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          return Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      throw new AreteException(STATUS + " cannot be read: " + e.getMessage(), e);
    }
    throw new AreteException(STATUS + " has no line " + name + " measure on Linux");
  }
}
