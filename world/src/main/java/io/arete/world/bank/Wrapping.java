package io.arete.world.bank;

import java.util.List;

/**
 * A jailbreak: text around a request that talks a model out of its rule.
 *
 * @param name such as {@code role-play}
 * @param taught whether training texts may hold it
 * @param wordings each holds {@link #PLACE} where the request goes
 */
public record Wrapping(String name, boolean taught, List<String> wordings) {

  /** Where the request goes. */
  public static final String PLACE = "{prompt}";

  /** Copies the wordings. */
  public Wrapping {
    wordings = List.copyOf(wordings);
  }

  /** The request in that wording. */
  public String around(String request, int wording) {
    return wordings.get(wording).replace(PLACE, request);
  }
}
