package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fields of a JSON object, checked. Failures say which field and what it must be, without a place:
 * {@link JsonLines} puts the file and line in front.
 */
public final class JsonRow {

  private JsonRow() {}

  static JsonNode field(JsonNode row, String name) {
    JsonNode value = row.get(name);
    if (value == null || value.isNull()) {
      throw new AreteException("the field " + name + " is missing");
    }
    return value;
  }

  /** The text of a field. */
  public static String text(JsonNode row, String name) {
    JsonNode value = field(row, name);
    if (!value.isTextual()) {
      throw wrong(name, value, "a text");
    }
    return value.textValue();
  }

  static int whole(JsonNode row, String name) {
    JsonNode value = field(row, name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(name, value, "a whole number");
    }
    return value.intValue();
  }

  static double number(JsonNode row, String name) {
    JsonNode value = field(row, name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(name, value, "a number");
    }
    return value.doubleValue();
  }

  static boolean flag(JsonNode row, String name) {
    JsonNode value = field(row, name);
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  static List<Integer> wholes(JsonNode row, String name) {
    JsonNode value = field(row, name);
    if (!value.isArray()) {
      throw wrong(name, value, "a list of whole numbers");
    }
    List<Integer> numbers = new ArrayList<>(value.size());
    for (JsonNode item : value) {
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw wrong(name, item, "a list of whole numbers");
      }
      numbers.add(item.intValue());
    }
    return numbers;
  }

  /** The value of an enum whose lower-case name stands there. */
  public static <E extends Enum<E>> E choice(JsonNode row, String name, List<E> values) {
    String text = text(row, name);
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new AreteException(
        "the field "
            + name
            + " is \""
            + text
            + "\" but must be one of "
            + values.toString().toLowerCase(Locale.ROOT));
  }

  private static AreteException wrong(String name, JsonNode value, String allowed) {
    String found = value.toString();
    String shown = found.length() <= 60 ? found : found.substring(0, 57) + "...";
    return new AreteException("the field " + name + " is " + shown + " but must be " + allowed);
  }
}
