package io.arete.world.language;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Prompt;
import io.arete.world.bank.Wrapping;
import java.util.List;
import java.util.Optional;

/**
 * A prompt of the world and what it is about.
 *
 * @param text what the person says
 * @param situation what it is about
 * @param wrapping the jailbreak around it
 */
public record WorldPrompt(String text, Situation situation, Optional<Wrapping> wrapping) {

  /** This prompt, bare until now, in a wording of that wrapping. */
  public WorldPrompt wrapped(Wrapping around, int wording) {
    if (wrapping.isPresent()) {
      throw new IllegalArgumentException("the prompt is wrapped already: " + text);
    }
    return new WorldPrompt(around.around(text, wording), situation, Optional.of(around));
  }

  /** The prompt as stages know it. */
  public Prompt prompt() {
    return Prompt.of(List.of(Message.user(text)));
  }
}
