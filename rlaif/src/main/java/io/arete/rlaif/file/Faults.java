package io.arete.rlaif.file;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;

/** All the faults of one file, collected so that a person mends them in one go. */
public final class Faults {

  private static final int SHOWN = 40;

  private final String file;
  private final List<String> faults = new ArrayList<>();

  /** Creates an empty list for a file, named as the message shall name it. */
  public Faults(String file) {
    this.file = file;
  }

  /** Adds one fault: a sentence without its full stop. */
  public void add(String fault) {
    faults.add(fault);
  }

  /** Adds one fault at a line of the file; line 0 stands for a place outside of it. */
  public void add(int line, String fault) {
    add(line > 0 ? "line " + line + ": " + fault : fault);
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
    if (faults.size() == 1) {
      throw new AreteException(file + ": " + faults.get(0) + ".");
    }
    StringBuilder text = new StringBuilder(file + " has " + faults.size() + " faults:");
    for (String fault : faults.subList(0, Math.min(SHOWN, faults.size()))) {
      text.append("\n  ").append(fault).append('.');
    }
    if (faults.size() > SHOWN) {
      text.append("\n  (and ").append(faults.size() - SHOWN).append(" more)");
    }
    throw new AreteException(text.toString());
  }
}
