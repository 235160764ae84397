package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.NonInferiority;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Whether plain questions are still answered as well: within {@link #MARGIN}, where there are
 * enough of them to say so.
 *
 * @param test of the shares of right answers, a system less base
 */
record AbilityVerdict(NonInferiority test) {

  /** The most that may be lost: 2 points of the share of right answers. */
  static final double MARGIN = 0.02;

  /** Questions without which nothing can be said at that margin. */
  static final int FEWEST = 1000;

  /** The verdict of a difference in shares. */
  static AbilityVerdict of(Bootstrap difference) {
    return new AbilityVerdict(new NonInferiority(difference, MARGIN, FEWEST));
  }

  /** The answer with its sentence, and how many questions would tell. */
  ObjectNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("margin", MARGIN)
            .put("fewest", FEWEST)
            .put("answer", test.answer().wireName())
            .put("sentence", sentence());
    OptionalLong enough = test.itemsThatWouldTell();
    if (test.answer() == NonInferiority.Answer.CANNOT_TELL) {
      enough.ifPresent(items -> node.put("questions_that_would_tell", items));
    }
    return node;
  }

  private String sentence() {
    String numbers =
        format(
            "%+.1f points (95 %% interval %+.1f to %+.1f, n = %d questions)",
            100 * test.difference().meanDifference(),
            100 * test.difference().interval().low(),
            100 * test.difference().interval().high(),
            test.difference().n());
    return switch (test.answer()) {
      case NOT_WORSE -> "Not worse by " + points() + ": " + numbers + ".";
      case WORSE -> "Worse by more than " + points() + ": " + numbers + ".";
      case CANNOT_TELL ->
          "Cannot tell whether " + points() + " are lost: " + numbers + "; " + more() + ".";
    };
  }

  private String more() {
    OptionalLong enough = test.itemsThatWouldTell();
    return enough.isPresent()
        ? "about " + enough.getAsLong() + " questions would tell"
        : "it is too close to that for any number of questions";
  }

  private static String points() {
    return format("%.0f points", 100 * MARGIN);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
