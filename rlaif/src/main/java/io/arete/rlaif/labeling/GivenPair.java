package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.PairSides;
import java.util.Optional;

/**
 * A pair that someone has.
 *
 * @param id by its row, such as {@code row-000017}
 * @param sides both replies, in the order of the columns
 * @param p probability that the first is better, where the data says which is: 1 if it says no more
 * @param margin by how much the first should lead, where that is read; else 0
 * @param weight how much the pair counts in training, where that is read; else 1
 */
public record GivenPair(String id, PairSides sides, double p, double margin, double weight) {

  /** Whether the first is the better one, where the data says which; empty if neither is. */
  Optional<Boolean> firstIsBetter() {
    return p == 0.5 ? Optional.empty() : Optional.of(p > 0.5);
  }

  /** The pair as preference data, in the form it came in. */
  ObjectNode preference(boolean firstChosen) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", id);
    row.setAll(sides.preference(firstChosen));
    return row;
  }
}
