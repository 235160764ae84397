package io.arete.world.survey;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.language.Pole;
import io.arete.world.language.WorldPrompt;
import java.util.Locale;

/** Generated conversations with their gold, for people who extend the banks to read. */
public final class ConversationSamples {

  private ConversationSamples() {}

  /** So many conversations as text, good and bad by turns. */
  public static String text(World world, int count, long seed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      CountedRandom key = CountedRandom.of(seed).at("samples").at(i);
      WorldPrompt prompt = world.prompts().draw(Split.TRAIN, key.at("prompt"));
      Pole pole = i % 2 == 0 ? Pole.GOOD : Pole.BAD;
      text.append(prompt.text()).append(System.lineSeparator());
      world
          .grammar()
          .conversation(prompt.situation(), pole, key.at("replies"))
          .values()
          .forEach(
              reply ->
                  text.append(
                      String.format(
                          Locale.ROOT, "  %5.2f %s%n", reply.gold().mean(), reply.text())));
    }
    return text.toString();
  }
}
