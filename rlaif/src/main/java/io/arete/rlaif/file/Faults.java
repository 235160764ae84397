package io.arete.rlaif.file;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * All the faults of one file, collected so that a person mends them in one go. They are told in the
 * order of the file's lines; those of no line come last.
 */
public final class Faults {

  private static final int SHOWN = 40;

  private final String file;
  private final List<Fault> faults = new ArrayList<>();
  private ToIntFunction<String> lines = name -> 0;

  private record Fault(int line, String text) {

    int place() {
      return line > 0 ? line : Integer.MAX_VALUE;
    }

    String told() {
      return line > 0 ? "line " + line + ": " + text : text;
    }
  }

  /** Creates an empty list for a file, named as the message shall name it. */
  public Faults(String file) {
    this.file = file;
  }

  /**
   * Tells where names stand, for faults that are added without a line and begin with a name.
   *
   * @param lineOf the line of a name; 0 if the file does not have it
   */
  public void locate(ToIntFunction<String> lineOf) {
    lines = lineOf;
  }

  /** Adds one fault: a sentence without its full stop. */
  public void add(String fault) {
    add(lines.applyAsInt(fault.split("[ :]", 2)[0]), fault);
  }

  /** Adds one fault at a line of the file; line 0 stands for a place outside of it. */
  public void add(int line, String fault) {
    faults.add(new Fault(line, fault));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /**
   * Returns if there are no faults.
   *
   * @throws AreteException that lists every fault, one a line
   */
  public void throwIfAny() {
    if (faults.isEmpty()) {
      return;
    }
    List<String> told =
        faults.stream().sorted(Comparator.comparingInt(Fault::place)).map(Fault::told).toList();
    if (told.size() == 1) {
      throw new AreteException(file + ": " + told.get(0) + ".");
    }
    StringBuilder text = new StringBuilder(file + " has " + told.size() + " faults:");
    for (String fault : told.subList(0, Math.min(SHOWN, told.size()))) {
      text.append("\n  ").append(fault).append('.');
    }
    if (told.size() > SHOWN) {
      text.append("\n  (and ").append(told.size() - SHOWN).append(" more)");
    }
    throw new AreteException(text.toString());
  }
}
