package io.arete.rlaif.recipe;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.extension.Truth;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A truth for tests: letters of the alphabet's first half are good, the others bad. */
public final class LetterTruth implements Truth {

  @Override
  public String name() {
    return "letters";
  }

  @Override
  public Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation) {
    Map<Facet, Double> worth = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      worth.put(
          facet,
          conversation
              .reply(facet)
              .text()
              .toLowerCase(java.util.Locale.ROOT)
              .chars()
              .mapToDouble(letter -> letter <= 'm' ? 1 : -1)
              .average()
              .orElse(0));
    }
    return Optional.of(worth);
  }
}
