package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.PairSides;

/**
 * A pair that someone has.
 *
 * @param id by its row, such as {@code row-000017}
 * @param sides both replies, in the order of the columns
 * @param p probability that the first is better, where the data says which is: 1 if it says no more
 */
public record GivenPair(String id, PairSides sides, double p) {

  /** The pair as preference data, in the form it came in. */
  ObjectNode preference(boolean firstChosen) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", id);
    row.setAll(sides.preference(firstChosen));
    return row;
  }
}
