package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import java.util.Locale;

/** Who speaks in a message. */
public enum Role {
  /** What is said to the model before the talk begins. */
  SYSTEM,
  /** The person. */
  USER,
  /** The model. */
  ASSISTANT;

  /** The name in files and chat templates: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of that name.
   *
   * @throws AreteException if there is none
   */
  public static Role ofWireName(String name) {
    for (Role role : values()) {
      if (role.wireName().equals(name)) {
        return role;
      }
    }
    throw new AreteException("the role is \"" + name + "\" but must be system, user or assistant");
  }
}
