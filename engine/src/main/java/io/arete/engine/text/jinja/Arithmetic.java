package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The operators {@code + - * / // % **} as in Python, with integers of 64 bits. */
final class Arithmetic {

  private Arithmetic() {}

  static Object signed(boolean negative, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (value instanceof Double number) {
      return negative ? -number : number;
    }
    long number = Values.requireInteger(value, "a sign");
    return negative ? exact("-", () -> Math.negateExact(number)) : (Long) number;
  }

  static Object binary(Interpreter in, String operator, Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (operator.equals("%") && left instanceof String pattern) {
      return Formatting.percent(in, pattern, right);
    }
    if (right instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return numbers(operator, left, right);
    }
    if (operator.equals("+")) {
      return joined(in, left, right);
    }
    if (operator.equals("*")) {
      return left instanceof Long || left instanceof Boolean
          ? repeated(in, right, left)
          : repeated(in, left, right);
    }
    throw unsupported(operator, left, right);
  }

  private static Object joined(Interpreter in, Object left, Object right) {
    if (left instanceof String first && right instanceof String second) {
      in.budget().text((long) first.length() + second.length());
      return first.concat(second);
    }
    if (left instanceof List<?> first && right instanceof List<?> second) {
      return joinedLists(in, first, second);
    }
    if (left instanceof Tuple first && right instanceof Tuple second) {
      return new Tuple(joinedLists(in, first.items(), second.items()));
    }
    throw unsupported("+", left, right);
  }

  private static List<Object> joinedLists(Interpreter in, List<?> first, List<?> second) {
    in.budget().elements((long) first.size() + second.size());
    List<Object> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  private static Object repeated(Interpreter in, Object value, Object times) {
    if (!(times instanceof Long || times instanceof Boolean)) {
      throw unsupported("*", value, times);
    }
    long count = Math.max(0, Values.requireInteger(times, "'*'"));
    if (value instanceof String text) {
      in.budget().text(text.isEmpty() ? 0 : times(text.length(), count));
      return text.isEmpty() ? "" : text.repeat((int) count);
    }
    if (value instanceof List<?> list) {
      List<Object> repeated = new ArrayList<>();
      in.budget().elements(times(list.size(), count));
      for (long i = 0; i < count && !list.isEmpty(); i++) {
        repeated.addAll(list);
      }
      return repeated;
    }
    throw unsupported("*", value, times);
  }

  private static long times(long size, long count) {
    return size == 0 ? 0 : count > Long.MAX_VALUE / size ? Long.MAX_VALUE : size * count;
  }

  private static Object numbers(String operator, Object left, Object right) {
    boolean real = left instanceof Double || right instanceof Double;
    if (operator.equals("/") || (operator.equals("**") && !real && isNegative(right))) {
      return reals(operator, Values.asDouble(left), Values.asDouble(right));
    }
    return real
        ? reals(operator, Values.asDouble(left), Values.asDouble(right))
        : integers(
            operator,
            Values.requireInteger(left, operator),
            Values.requireInteger(right, operator));
  }

  private static boolean isNegative(Object integer) {
    return Values.requireInteger(integer, "'**'") < 0;
  }

  private static Object reals(String operator, double left, double right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (right == 0 && divides) {
      throw new TemplateFault("a number is divided by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> remainder(left, right);
      default -> power(left, right);
    };
  }

  private static double remainder(double left, double right) {
    double remainder = left % right;
    if (remainder == 0) {
      return Math.copySign(0.0, right);
    }
    return remainder < 0 == right < 0 ? remainder : remainder + right;
  }

  private static double power(double left, double right) {
    double power = Math.pow(left, right);
    if (Double.isNaN(power) || Double.isInfinite(power)) {
      throw new TemplateFault("'**' has no finite result");
    }
    return power;
  }

  private static Object integers(String operator, long left, long right) {
    if (right == 0 && (operator.equals("//") || operator.equals("%"))) {
      throw new TemplateFault("a number is divided by zero");
    }
    return exact(
        operator,
        () ->
            switch (operator) {
              case "+" -> Math.addExact(left, right);
              case "-" -> Math.subtractExact(left, right);
              case "*" -> Math.multiplyExact(left, right);
              case "//" -> right == -1 ? Math.negateExact(left) : Math.floorDiv(left, right);
              case "%" -> Math.floorMod(left, right);
              default -> power(left, right);
            });
  }

  private static long power(long base, long exponent) {
    long power = 1;
    if (base == 0 || base == 1) {
      return exponent == 0 ? 1 : base;
    }
    if (base == -1) {
      return exponent % 2 == 0 ? 1 : -1;
    }
    for (long i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  private static Object exact(String operator, LongSupplier operation) {
    try {
      return operation.getAsLong();
    } catch (ArithmeticException e) {
      throw new TemplateFault("the result of '" + operator + "' is larger than 64 bits");
    }
  }

  private static TemplateFault unsupported(String operator, Object left, Object right) {
    return new TemplateFault(
        "operator '%s' cannot join %s and %s"
            .formatted(operator, Values.typeName(left), Values.typeName(right)));
  }
}
