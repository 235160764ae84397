package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.ExactTest;
import java.util.Locale;

/**
 * What asking in both orders adds to asking in one, on the same pairs.
 *
 * <p>Difference of the two shares of right answers = (b − c) / n; its standard error for paired
 * answers = √(b + c − (b − c)² / n) / n.
 *
 * @param n pairs
 * @param gained b, right in both orders together and wrong in the first alone
 * @param lost c, the other way round
 */
record OrderGain(int n, int gained, int lost) {

  static final OrderGain NONE = new OrderGain(0, 0, 0);

  private static final double NORMAL_975 = 1.959963984540054;

  OrderGain plus(OrderGain other) {
    return new OrderGain(n + other.n, gained + other.gained, lost + other.lost);
  }

  /** From −1 to 1; NaN of nothing. */
  double difference() {
    return (double) (gained - lost) / n;
  }

  /** Half the length of the 95 % interval around the difference. */
  double halfWidth() {
    double more = (double) gained - lost;
    return NORMAL_975 * Math.sqrt(gained + lost - more * more / n) / n;
  }

  /** McNemar's exact test of the difference against 0. */
  double p() {
    return ExactTest.mcnemar(gained, lost);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "both orders against one: %+.1f points (95 %%: %+.1f to %+.1f), p = %.2g, n = %d%n",
        100 * difference(),
        100 * (difference() - halfWidth()),
        100 * (difference() + halfWidth()),
        p(),
        n);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("n", n)
        .put("gained", gained)
        .put("lost", lost)
        .put("p", p());
  }
}
