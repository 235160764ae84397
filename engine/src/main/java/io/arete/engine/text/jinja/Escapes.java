package io.arete.engine.text.jinja;

/** The backslash escapes of string literals, as Python's {@code unicode-escape} reads them. */
final class Escapes {

  private static final String SIMPLE = "abfnrtv\\'\"";
  private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\'\"";

  private Escapes() {}

  static String decode(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder decoded = new StringBuilder(raw.length());
    int position = 0;
    while (position < raw.length()) {
      char letter = raw.charAt(position++);
      if (letter != '\\') {
        decoded.append(letter);
      } else {
        position = escape(raw, position, decoded);
      }
    }
    return decoded.toString();
  }

  /** Decodes what follows a backslash and returns the place after it. */
  private static int escape(String raw, int position, StringBuilder decoded) {
    char letter = raw.charAt(position);
    int simple = SIMPLE.indexOf(letter);
    if (simple >= 0) {
      decoded.append(SIMPLE_VALUES.charAt(simple));
      return position + 1;
    }
    return switch (letter) {
      case '\n' -> position + 1;
      case 'x' -> code(raw, position + 1, 2, decoded);
      case 'u' -> code(raw, position + 1, 4, decoded);
      case 'U' -> code(raw, position + 1, 8, decoded);
      case 'N' -> throw new TemplateFault("string escape '\\N{...}' is unknown");
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(raw, position, decoded);
      default -> {
        decoded.append('\\').append(letter);
        yield position + 1;
      }
    };
  }

  private static int code(String raw, int start, int digits, StringBuilder decoded) {
    long value = start + digits <= raw.length() ? 0 : -1;
    for (int i = start; value >= 0 && i < start + digits; i++) {
      int digit = Character.digit(raw.charAt(i), 16);
      value = digit < 0 ? -1 : value * 16 + digit;
    }
    if (value < 0 || value > Character.MAX_CODE_POINT) {
      throw new TemplateFault("a string escape names no character");
    }
    decoded.appendCodePoint((int) value);
    return start + digits;
  }

  private static int octal(String raw, int start, StringBuilder decoded) {
    int value = 0;
    int position = start;
    while (position < raw.length()
        && position < start + 3
        && "01234567".indexOf(raw.charAt(position)) >= 0) {
      value = value * 8 + raw.charAt(position++) - '0';
    }
    decoded.appendCodePoint(value);
    return position;
  }
}
