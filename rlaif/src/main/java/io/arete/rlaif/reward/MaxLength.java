package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The longest text of a run's reward models, as the recipe says or as the pairs ask for. */
public final class MaxLength {

  private MaxLength() {}

  /**
   * What the recipe says, or what the reward stage found.
   *
   * @throws AreteException if the recipe leaves it to the stage, which has not found it
   */
  public static int of(StageContext context) {
    return context.recipe().reward().maxLength().orElseGet(() -> in(context.folder().lengths()));
  }

  /**
   * Writes how long the texts are, unless that is there; then as {@link #of}.
   *
   * @throws AreteException if the recipe asks for more than the base can read
   */
  public static int decide(StageContext context) {
    int most = context.model().decoder().config().maxPositions();
    Optional<Integer> asked = context.recipe().reward().maxLength();
    if (asked.filter(longest -> longest > most).isPresent()) {
      throw new AreteException(
          "reward.max_length is "
              + asked.get()
              + " but the base reads at most "
              + most
              + " tokens; lower it, or take auto.");
    }
    Path file = context.folder().lengths();
    if (!Files.exists(file)) {
      context.listener().begin("lengths of the pairs' texts", "facets", 1);
      AtomicFile.writeText(file, JsonFile.text(LengthReport.of(context)));
      context.listener().advance(1);
    }
    return of(context);
  }

  /**
   * What a report says.
   *
   * @throws AreteException if it is not there or says nothing
   */
  static int in(Path file) {
    JsonNode longest = JsonFile.readIfThere(file).path("max_length");
    if (!longest.isInt()) {
      throw new AreteException(
          file
              + " does not say how long the reward models' texts are (reward.max_length is auto);"
              + " run the reward stage first.");
    }
    return longest.intValue();
  }
}
