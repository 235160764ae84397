package io.arete.engine.text;

import io.arete.engine.AreteException;

/** Who speaks in a conversation. */
public enum Role {
  SYSTEM("system"),
  USER("user"),
  ASSISTANT("assistant");

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  /** The name in files, requests and templates. */
  public String wireName() {
    return wireName;
  }

  /**
   * The role of that name.
   *
   * @throws AreteException if there is none
   */
  public static Role of(String wireName) {
    for (Role role : values()) {
      if (role.wireName.equals(wireName)) {
        return role;
      }
    }
    throw new AreteException(
        "The role '%s' is unknown; use 'system', 'user' or 'assistant'.".formatted(wireName));
  }
}
