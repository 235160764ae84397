package io.arete.rlaif.publish;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of a reward model: the one that the run made, with what others must know before. */
final class RewardCards {

  private static final int CARD_BYTES = 1 << 20;

  private RewardCards() {}

  static String markdown(RunParts run, Facet facet, Origin origin, String data, boolean whole) {
    Path card = run.reward(facet).resolve("README.md");
    String body =
        Files.exists(card)
            ? withoutFront(BoundedText.read(card, CARD_BYTES))
            : "# Reward model: " + facet.wireName() + "\n\n";
    return CardText.front(origin, data, whole, "text-classification", "reward-model")
        + body.strip()
        + "\n\n"
        + CardText.origin(origin, data, run.name())
        + CardText.settings(run.recipe(), List.of("tuning", "seed", "reward"));
  }

  private static String withoutFront(String text) {
    int end = text.startsWith("---\n") ? text.indexOf("\n---\n", 3) : -1;
    return end < 0 ? text : text.substring(end + 5);
  }
}
