package io.arete.rlaif.gate;

import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Text {

  private Text() {}

  static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
