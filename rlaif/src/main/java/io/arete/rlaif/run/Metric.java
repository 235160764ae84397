package io.arete.rlaif.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of one step.
 *
 * @param step from 0 or 1, as the stage counts; never falling
 * @param values by name with a unit where there is one, such as {@code loss}; in this order
 */
public record Metric(long step, Map<String, Double> values) {

  private static final String STEP = "step";

  /** Copies the values. */
  public Metric {
    if (values.containsKey(STEP)) {
      throw new IllegalArgumentException("The name step is taken by the step itself");
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The numbers as one JSON object; those that JSON lacks become texts such as {@code "NaN"}. */
  ObjectNode toJson() {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put(STEP, step);
    values.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            row.put(name, value);
          } else {
            row.put(name, value.toString());
          }
        });
    return row;
  }

  static Metric ofJson(ObjectNode row) {
    Map<String, Double> values = new LinkedHashMap<>();
    row.properties().forEach(entry -> values.put(entry.getKey(), number(entry.getValue())));
    Double step = values.remove(STEP);
    if (step == null) {
      throw new AreteException("the field step is missing");
    }
    return new Metric(step.longValue(), values);
  }

  private static double number(JsonNode value) {
    try {
      return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new AreteException("a metric is " + value + " but must be a number", e);
    }
  }
}
