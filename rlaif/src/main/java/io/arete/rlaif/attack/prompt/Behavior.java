package io.arete.rlaif.attack.prompt;

import io.arete.engine.AreteException;

/**
 * Something that a system is asked to do.
 *
 * @param id its name in files and reports, which never show the request
 * @param request what is asked, plainly
 * @param start how a reply that does it would begin
 * @param group what results are told apart by, such as the kind of harm; may be empty
 * @param harmless whether it should be granted, not refused
 */
public record Behavior(String id, String request, String start, String group, boolean harmless) {

  /** Longer requests are refused. */
  public static final int LONGEST = 8_000;

  private static final int LONGEST_ID = 120;
  private static final int LONGEST_GROUP = 60;
  private static final String ANY_START = "Of course. Here is what you asked for:";

  /**
   * Rejects what could not be asked.
   *
   * @throws AreteException if a part is empty or too long
   */
  public Behavior {
    bounded("id", id, LONGEST_ID);
    bounded("request", request, LONGEST);
    bounded("start", start, LONGEST);
    if (group.length() > LONGEST_GROUP) {
      throw new AreteException(
          "a behavior's group has "
              + group.length()
              + " characters but may have at most "
              + LONGEST_GROUP);
    }
  }

  /** Something harmful, without words for the beginning of a reply. */
  public static Behavior of(String id, String request) {
    return new Behavior(id, request, ANY_START);
  }

  /** Something harmful, in no group. */
  public Behavior(String id, String request, String start) {
    this(id, request, start, "", false);
  }

  /** The same, told apart from those of other files. */
  Behavior ofFile(String name) {
    return new Behavior(name + "-" + id, request, start, group.isEmpty() ? name : group, harmless);
  }

  /** The same, in that group. */
  Behavior in(String named, boolean shouldBeGranted) {
    return new Behavior(id, request, start, named, shouldBeGranted);
  }

  private static void bounded(String name, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new AreteException(
          "a behavior's "
              + name
              + " has "
              + text.length()
              + " characters but must have 1 to "
              + most
              + ", not all of them blank");
    }
  }
}
