package io.arete.rlaif.config;

/** Text as a YAML scalar in double quotes, which every YAML reader takes literally. */
final class YamlText {

  private YamlText() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    if (point == '"' || point == '\\') {
      quoted.append('\\').appendCodePoint(point);
    } else if ((point >= ' ' && point <= '~') || Character.isLetterOrDigit(point)) {
      quoted.appendCodePoint(point);
    } else if (point <= 0xFFFF) {
      quoted.append(String.format("\\u%04X", point));
    } else {
      quoted.append(String.format("\\U%08X", point));
    }
  }
}
