package io.arete.engine.text;

/** What one role says in one turn. */
public record Message(Role role, String content) {

  /** A message of the system. */
  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  /** A message of the user. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  /** A message of the assistant. */
  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
