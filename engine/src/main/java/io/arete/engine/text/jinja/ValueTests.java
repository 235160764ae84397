package io.arete.engine.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What may follow {@code is}. A test of jinja2 that is not listed fails by its name. */
final class ValueTests {

  /** A test's verdict on the value left of {@code is}. */
  interface ValueTest {
    boolean holds(Interpreter in, Object value, Arguments given);
  }

  private static final Map<String, ValueTest> TESTS = all();

  private ValueTests() {}

  static boolean holds(Interpreter in, String name, Object value, Arguments given) {
    ValueTest test = TESTS.get(name);
    if (test == null) {
      throw new TemplateFault("test '" + Texts.shortened(name) + "' is unknown");
    }
    return test.holds(in, value, given);
  }

  private static Map<String, ValueTest> all() {
    Map<String, ValueTest> tests = new HashMap<>();
    ofType(tests);
    compared(tests, "==", "eq", "equalto", "==");
    compared(tests, "!=", "ne", "!=");
    compared(tests, "<", "lt", "lessthan", "<");
    compared(tests, "<=", "le", "<=");
    compared(tests, ">", "gt", "greaterthan", ">");
    compared(tests, ">=", "ge", ">=");
    compared(tests, "in", "in");
    tests.put("odd", (in, value, given) -> remainder(value, 2) == 1);
    tests.put("even", (in, value, given) -> remainder(value, 2) == 0);
    tests.put("divisibleby", ValueTests::isDivisible);
    tests.put("sameas", ValueTests::isSame);
    tests.put("upper", (in, value, given) -> StringMethods.isCase(in.text(value), true));
    tests.put("lower", (in, value, given) -> StringMethods.isCase(in.text(value), false));
    return Map.copyOf(tests);
  }

  private static void ofType(Map<String, ValueTest> tests) {
    plain(tests, "defined", value -> !(value instanceof Undefined));
    plain(tests, "undefined", value -> value instanceof Undefined);
    plain(tests, "none", value -> value == None.NONE);
    plain(tests, "boolean", value -> value instanceof Boolean);
    plain(tests, "true", value -> value instanceof Boolean flag && flag);
    plain(tests, "false", value -> value instanceof Boolean flag && !flag);
    plain(tests, "integer", value -> value instanceof Long);
    plain(tests, "float", value -> value instanceof Double);
    plain(tests, "number", Values::isNumber);
    plain(tests, "string", value -> value instanceof String || value instanceof Markup);
    plain(tests, "mapping", value -> value instanceof Map);
    plain(tests, "callable", value -> value instanceof Callable);
    plain(tests, "sequence", ValueTests::isSequence);
    plain(
        tests,
        "iterable",
        value -> isSequence(value) || value instanceof OneShot || value instanceof View);
  }

  /** Strings, lists, tuples, dicts and what is undefined: what has a length and items. */
  private static boolean isSequence(Object value) {
    return value instanceof String
        || value instanceof Markup
        || value instanceof List
        || value instanceof Tuple
        || value instanceof Map
        || value instanceof Undefined
        || (value instanceof View view && view.kind().equals("range"));
  }

  private static void plain(
      Map<String, ValueTest> tests, String name, Predicate<Object> predicate) {
    tests.put(
        name,
        (in, value, given) -> {
          given.bind("test '" + name + "'");
          return predicate.test(value);
        });
  }

  private static void compared(Map<String, ValueTest> tests, String operator, String... names) {
    for (String name : names) {
      tests.put(
          name,
          (in, value, given) ->
              Comparisons.holds(
                  in, operator, value, given.bind("test '" + name + "'", "other").get("other")));
    }
  }

  private static long remainder(Object value, long divisor) {
    if (divisor == 0) {
      throw new TemplateFault("test 'divisibleby' divides by zero");
    }
    return Math.floorMod(Values.requireInteger(value, "a test of an int"), divisor);
  }

  private static boolean isDivisible(Interpreter in, Object value, Arguments given) {
    Object divisor = given.bind("test 'divisibleby'", "num").get("num");
    return remainder(value, Values.requireInteger(divisor, "test 'divisibleby'")) == 0;
  }

  private static boolean isSame(Interpreter in, Object value, Arguments given) {
    Object other = given.bind("test 'sameas'", "other").get("other");
    if (value instanceof Boolean || value == None.NONE) {
      return value.equals(other);
    }
    if (other instanceof Boolean || other == None.NONE) {
      return false;
    }
    throw new TemplateFault("test 'sameas' is known for true, false and none only");
  }
}
