package io.arete.cli;

import io.arete.rlaif.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** What the parser finds wrong with arguments, in the words of a command's help. */
final class UsageSentence {

  private static final String WHOLE = "a whole number";
  private static final String REAL = "a number";
  private static final String SWITCH = "true or false";
  private static final String CHARACTER = "one character";

  private static final Map<Class<?>, String> TAKEN =
      Map.ofEntries(
          Map.entry(int.class, WHOLE),
          Map.entry(Integer.class, WHOLE),
          Map.entry(long.class, WHOLE),
          Map.entry(Long.class, WHOLE),
          Map.entry(double.class, REAL),
          Map.entry(Double.class, REAL),
          Map.entry(boolean.class, SWITCH),
          Map.entry(Boolean.class, SWITCH),
          Map.entry(char.class, CHARACTER),
          Map.entry(Character.class, CHARACTER));

  private UsageSentence() {}

  /**
   * The one sentence.
   *
   * @param arguments as they were typed
   */
  static String of(ParameterException failure, List<String> arguments) {
    if (failure instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing(), arguments);
    }
    if (failure instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice; give it once.";
    }
    ArgSpec argument = failure.getArgSpec();
    if (argument != null && failure.getValue() != null && failure.getCause() != null) {
      return wrongValue(argument, failure.getValue(), failure.getCause());
    }
    return FailureReport.firstLine(failure.getMessage());
  }

  private static String missing(List<ArgSpec> missing, List<String> arguments) {
    if (missing.get(0) instanceof OptionSpec option && isTyped(option, arguments)) {
      return name(option) + " needs a value: " + option.paramLabel() + ".";
    }
    List<String> names =
        missing.stream()
            .map(one -> one.isOption() ? name(one) + " " + one.paramLabel() : name(one))
            .toList();
    return String.join(", ", names) + (names.size() == 1 ? " is missing." : " are missing.");
  }

  private static boolean isTyped(OptionSpec option, List<String> arguments) {
    return Arrays.stream(option.names())
        .anyMatch(
            name ->
                arguments.stream()
                    .anyMatch(typed -> typed.equals(name) || typed.startsWith(name + "=")));
  }

  private static String wrongValue(ArgSpec argument, String value, Throwable cause) {
    Class<?> type =
        argument.typeInfo().isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    if (WHOLE.equals(TAKEN.get(type)) && value.strip().matches("[+-]?[0-9]+")) {
      return name(argument) + " is " + value + ", which is beyond all that it can be.";
    }
    if (type.isEnum() && argument.converters().length == 0) {
      return oneOf(argument, value, type);
    }
    String taken = argument.converters().length == 0 ? TAKEN.getOrDefault(type, "") : "";
    return taken.isEmpty()
        ? name(argument) + ": " + FailureReport.firstLine(cause.getMessage())
        : "%s takes %s, not '%s'.".formatted(name(argument), taken, value);
  }

  private static String oneOf(ArgSpec argument, String value, Class<?> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(word -> word.toString().toLowerCase(Locale.ROOT))
            .toList();
    return "%s takes one of %s, not '%s'; the nearest is %s."
        .formatted(
            name(argument),
            String.join(", ", words),
            value,
            Nearest.of(value.toLowerCase(Locale.ROOT), words));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
