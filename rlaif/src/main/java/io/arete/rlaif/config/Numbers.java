package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The kinds of settings that are numbers. */
final class Numbers {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9][0-9_]{0,24}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,25}\\.?[0-9]{0,25}|\\.[0-9]{1,25})([eE][+-]?[0-9]{1,3})?");

  private Numbers() {}

  /** Whole numbers that fit an int, such as 16 or 10_000. */
  record Whole(Range range) implements Kind<Integer> {
    @Override
    public Integer parse(YamlNode node, PathBase folders) throws WrongValue {
      return (int) wholeIn(node, range, Integer.MIN_VALUE, Integer.MAX_VALUE, describe());
    }

    @Override
    public String print(Integer value) {
      return Integer.toString(value);
    }

    @Override
    public String describe() {
      return "a whole number, " + range.describe();
    }
  }

  /** Seeds: whole numbers of 63 bits. */
  record Seed() implements Kind<Long> {
    @Override
    public Long parse(YamlNode node, PathBase folders) throws WrongValue {
      return wholeIn(node, Range.atLeast(0), 0, Long.MAX_VALUE, describe());
    }

    @Override
    public String print(Long value) {
      return Long.toString(value);
    }

    @Override
    public String describe() {
      return "a whole number, at least 0";
    }
  }

  /** Numbers such as 0.05, 2e-4 or 1. */
  record Real(Range range) implements Kind<Double> {
    @Override
    public Double parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = Texts.scalar(node, describe());
      if (!DECIMAL.matcher(text).matches()) {
        throw Texts.wrong(node, describe());
      }
      double value = Double.parseDouble(text);
      if (!range.contains(value)) {
        throw Texts.wrong(node, describe());
      }
      // Minus zero would be written as such and read as another recipe.
      return value == 0 ? 0.0 : value;
    }

    @Override
    public String print(Double value) {
      String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
      return plain.length() <= 12 ? plain : Double.toString(value);
    }

    @Override
    public String describe() {
      return "a number, " + range.describe();
    }
  }

  private static long wholeIn(YamlNode node, Range range, long least, long most, String allowed)
      throws WrongValue {
    String text = Texts.scalar(node, allowed);
    if (!WHOLE.matcher(text).matches()) {
      throw Texts.wrong(node, allowed);
    }
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (value >= least && value <= most && range.contains((double) value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Longer than 63 bits: out of every range.
    }
    throw Texts.wrong(node, allowed);
  }
}
