package io.arete.engine.text.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Filters that take or give numbers. */
final class NumberFilters {

  private static final int MAX_PRECISION = 300;

  private NumberFilters() {}

  static void register(Map<String, Filters.Filter> filters) {
    filters.put("int", NumberFilters::toInteger);
    filters.put("float", NumberFilters::toFloat);
    filters.put("abs", NumberFilters::absolute);
    filters.put("round", NumberFilters::round);
    filters.put("sum", NumberFilters::sum);
  }

  private static Object toInteger(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'int'", "default", "base");
    if (bound.integerOr("base", 10) != 10) {
      throw new TemplateFault("filter 'int' with a base other than 10 is unknown");
    }
    if (value instanceof Long || value instanceof Boolean) {
      return Values.requireInteger(value, "int");
    }
    requireDefined(value);
    Object preset = bound.or("default", 0L);
    if (value instanceof Double number) {
      return truncated(number, preset);
    }
    if (!(value instanceof String text)) {
      return preset;
    }
    String digits = Texts.strip(text, Texts::isSpace, true, true).replace("_", "");
    if (digits.matches("[+-]?[0-9]{1,18}")) {
      return Long.valueOf(digits);
    }
    Object number = parsed(text, preset);
    return number instanceof Double real ? truncated(real, preset) : preset;
  }

  private static Object truncated(double number, Object preset) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return preset;
    }
    if (Math.abs(number) >= 0x1p63) {
      throw new TemplateFault("filter 'int' gives a number larger than 64 bits");
    }
    return (long) number;
  }

  private static Object toFloat(Interpreter in, Object value, Arguments given) {
    Object preset = given.bind("filter 'float'", "default").or("default", 0.0);
    requireDefined(value);
    if (Values.isNumber(value)) {
      return Values.asDouble(value);
    }
    return value instanceof String text ? parsed(text, preset) : preset;
  }

  private static void requireDefined(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
  }

  private static Object parsed(String text, Object preset) {
    String digits = Texts.strip(text, Texts::isSpace, true, true);
    if (digits.length() > 1000
        || !digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      return preset;
    }
    return Double.valueOf(digits);
  }

  private static Object absolute(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'abs'");
    if (!Values.isNumber(value)) {
      throw new TemplateFault("filter 'abs' needs a number but got " + Values.typeName(value));
    }
    boolean negative = Values.asDouble(value) < 0;
    return Arithmetic.signed(negative, value);
  }

  private static Object round(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'round'", "precision", "method");
    int precision = bound.integerOr("precision", 0);
    if (!Values.isNumber(value) || Math.abs((long) precision) > MAX_PRECISION) {
      throw new TemplateFault("filter 'round' needs a number and a small precision");
    }
    String method = bound.textOr("method", "common");
    double number = Values.asDouble(value);
    if (method.equals("common")) {
      if (!(value instanceof Double) && precision >= 0) {
        return Values.requireInteger(value, "round");
      }
      return Double.isNaN(number) || Double.isInfinite(number)
          ? number
          : new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    }
    double scale = Math.pow(10, precision);
    return switch (method) {
      case "ceil" -> Math.ceil(number * scale) / scale;
      case "floor" -> Math.floor(number * scale) / scale;
      default ->
          throw new TemplateFault("filter 'round' has no method '" + Texts.shortened(method) + "'");
    };
  }

  private static Object sum(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'sum'", "attribute", "start");
    Object sum = bound.or("start", 0L);
    for (Object item : Iteration.items(in, value)) {
      Object part = Paths.read(in, item, bound.or("attribute", None.NONE));
      sum = Arithmetic.binary(in, "+", sum, part);
    }
    return sum;
  }
}
