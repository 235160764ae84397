package io.arete.world.bank;

import io.arete.engine.AreteException;
import java.util.Locale;

/** The six virtues for which the world knows the truth, in the order of the banks' numbers. */
public enum GoldVirtue {
  HONESTY,
  PRUDENCE,
  JUSTICE,
  COMPASSION,
  HUMILITY,
  RESPECT;

  /**
   * The virtue of that name.
   *
   * @throws AreteException if the world knows no truth about it
   */
  public static GoldVirtue of(String wireName) {
    for (GoldVirtue virtue : values()) {
      if (virtue.wireName().equals(wireName)) {
        return virtue;
      }
    }
    throw new AreteException(
        "The practice world knows no virtue "
            + wireName
            + "; take a constitution of the six in its language.yaml, such as box:virtues.");
  }

  /** The name in banks and constitutions: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
