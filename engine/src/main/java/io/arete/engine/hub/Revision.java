package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.util.regex.Pattern;

/**
 * A branch, a tag or a commit.
 *
 * @param name as people write it
 */
public record Revision(String name) {

  private static final int LONGEST = 200;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");

  /** The branch where nothing else is said; it is checked by the patterns above. */
  public static final Revision MAIN = new Revision("main");

  /** Refuses what could lead anywhere else. */
  public Revision {
    if (name.length() > LONGEST || !FORM.matcher(name).matches() || name.contains("..")) {
      throw new AreteException(
          Quoted.of(name) + " is no revision; name a branch, a tag or a commit of 40 digits");
    }
  }

  /** Whether it names one commit for ever. */
  boolean isCommit() {
    return isCommit(name);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** As one part of an address. */
  String inAddress() {
    return name.replace("/", "%2F");
  }

  @Override
  public String toString() {
    return name;
  }
}
