package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;

/** How sure a pair's label is: the probability that the chosen reply is the better one. */
public final class Sureness {

  private Sureness() {}

  /**
   * The probability that a cell holds, 0 to 1. It may be a text: a CSV file's numbers come so.
   *
   * @param name what the row calls it
   * @throws AreteException if it is no such number
   */
  public static double of(String name, JsonNode cell) {
    double p = cell.isNumber() || cell.isTextual() ? cell.asDouble(Double.NaN) : Double.NaN;
    if (!(p >= 0 && p <= 1)) {
      throw new AreteException(
          "the field "
              + name
              + " is "
              + cell
              + " but must be from 0 to 1, how probable it is that the chosen reply is better");
    }
    return p;
  }
}
