package io.arete.engine.text.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Equality, order and membership as in Python. */
final class Comparisons {

  private Comparisons() {}

  static boolean holds(Interpreter in, String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> equal(in, left, right);
      case "!=" -> !equal(in, left, right);
      case "in" -> contains(in, right, left);
      case "not in" -> !contains(in, right, left);
      case "<" -> order(in, left, right) < 0;
      case "<=" -> order(in, left, right) <= 0;
      case ">" -> order(in, left, right) > 0;
      default -> order(in, left, right) >= 0;
    };
  }

  static boolean equal(Interpreter in, Object left, Object right) {
    return equal(in, left, right, 0);
  }

  /** Negative, zero or positive; numbers with numbers and texts with texts only. */
  static int order(Interpreter in, Object left, Object right) {
    in.budget().steps(1);
    if (left instanceof String first && right instanceof String second) {
      in.budget().scan(Math.min(first.length(), second.length()));
      return Texts.compare(first, second);
    }
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return orderOfNumbers(left, right);
    }
    if (left instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.fault();
    }
    throw new TemplateFault(
        "%s and %s have no order here".formatted(Values.typeName(left), Values.typeName(right)));
  }

  static boolean contains(Interpreter in, Object container, Object wanted) {
    if (container instanceof String text) {
      if (!(wanted instanceof String part)) {
        throw wanted instanceof Undefined undefined
            ? undefined.fault()
            : new TemplateFault("'in' a string needs a string but got " + Values.typeName(wanted));
      }
      in.budget().search(text.length(), part.length());
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      if (wanted instanceof List || wanted instanceof Map) {
        throw new TemplateFault(Values.typeName(wanted) + " cannot be a key of a dict");
      }
      return Values.lookup(map, wanted) != null;
    }
    for (Object item : Iteration.items(in, container)) {
      if (equal(in, item, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(Interpreter in, Object left, Object right, int depth) {
    Budget.requireValueDepth(depth);
    in.budget().steps(1);
    if (left instanceof String first && right instanceof String second) {
      in.budget().scan(Math.min(first.length(), second.length()));
      return first.equals(second);
    }
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return equalNumbers(left, right);
    }
    if (left instanceof List<?> first && right instanceof List<?> second) {
      return equalItems(in, first, second, depth);
    }
    if (left instanceof Tuple first && right instanceof Tuple second) {
      return equalItems(in, first.items(), second.items(), depth);
    }
    if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
      return equalDicts(in, first, second, depth);
    }
    if (left instanceof View
        || right instanceof View
        || left instanceof Markup
        || right instanceof Markup) {
      throw new TemplateFault(
          "comparing %s with %s is unknown"
              .formatted(Values.typeName(left), Values.typeName(right)));
    }
    return left == right || (left instanceof Undefined && right instanceof Undefined);
  }

  private static boolean equalItems(Interpreter in, List<?> first, List<?> second, int depth) {
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!equal(in, first.get(i), second.get(i), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalDicts(Interpreter in, Map<?, ?> first, Map<?, ?> second, int depth) {
    if (first.size() != second.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : first.entrySet()) {
      Object other = second.get(entry.getKey());
      if (other == null || !equal(in, Objects.requireNonNull(entry.getValue()), other, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalNumbers(Object left, Object right) {
    boolean hasNan = isNan(left) || isNan(right);
    return !hasNan && orderOfNumbers(left, right) == 0;
  }

  private static int orderOfNumbers(Object left, Object right) {
    if (isNan(left) || isNan(right)) {
      throw new TemplateFault("nan has no order");
    }
    if (left instanceof Double || right instanceof Double) {
      double first = Values.asDouble(left);
      double second = Values.asDouble(right);
      if (Double.isInfinite(first) || Double.isInfinite(second)) {
        return Double.compare(first, second);
      }
      return exact(left).compareTo(exact(right));
    }
    return Long.compare(
        Values.requireInteger(left, "comparison"), Values.requireInteger(right, "comparison"));
  }

  private static boolean isNan(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : BigDecimal.valueOf(Values.requireInteger(number, "comparison"));
  }
}
