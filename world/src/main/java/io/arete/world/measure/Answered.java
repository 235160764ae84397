package io.arete.world.measure;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.world.gold.Gold;
import io.arete.world.language.WorldPrompt;
import java.util.Map;
import java.util.Objects;

/**
 * A prompt, what the model said to it, and what that is worth.
 *
 * @param golds one for every facet
 */
record Answered(WorldPrompt prompt, Conversation conversation, Map<Facet, Gold> golds) {

  Gold gold(Facet facet) {
    return Objects.requireNonNull(golds.get(facet));
  }

  /** The mean over the facets. */
  double value() {
    return golds.values().stream().mapToDouble(Gold::value).average().orElseThrow();
  }
}
