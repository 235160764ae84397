package io.arete.world.bank;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What something is worth on each virtue.
 *
 * @param values one for every virtue; −1 is as bad, 1 as good as can be
 */
public record Worth(Map<GoldVirtue, Double> values) {

  /** Worth nothing, good or bad. */
  public static final Worth NOTHING = Worth.of(virtue -> 0);

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if a virtue has none
   */
  public Worth {
    if (values.size() != GoldVirtue.values().length) {
      throw new IllegalArgumentException("every virtue needs a value, but there is " + values);
    }
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /** Of what that says of each virtue. */
  public static Worth of(ToDoubleFunction<GoldVirtue> value) {
    Map<GoldVirtue, Double> values = new EnumMap<>(GoldVirtue.class);
    for (GoldVirtue virtue : GoldVirtue.values()) {
      values.put(virtue, value.applyAsDouble(virtue));
    }
    return new Worth(values);
  }

  /** The mean of several, virtue by virtue; {@link #NOTHING} of none. */
  public static Worth mean(List<Worth> several) {
    return Worth.of(
        virtue -> several.stream().mapToDouble(one -> one.of(virtue)).average().orElse(0));
  }

  /** The worth on one virtue. */
  public double of(GoldVirtue virtue) {
    return values.getOrDefault(virtue, 0.0);
  }

  /** The mean over the virtues. */
  public double mean() {
    return values.values().stream().mapToDouble(value -> value).sum() / values.size();
  }

  /** Every value times that. */
  public Worth times(double factor) {
    return Worth.of(virtue -> of(virtue) * factor);
  }
}
