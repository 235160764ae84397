package io.arete.engine.text.jinja;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Python's {@code strftime} in the C locale, for the fields that templates use. */
final class DateFormat {

  private static final Map<Character, String> FIELDS =
      Map.ofEntries(
          Map.entry('d', "dd"),
          Map.entry('m', "MM"),
          Map.entry('y', "yy"),
          Map.entry('Y', "yyyy"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('j', "DDD"),
          Map.entry('F', "yyyy-MM-dd"),
          Map.entry('T', "HH:mm:ss"));

  private DateFormat() {}

  static String format(Interpreter in, String format) {
    ZonedDateTime now = ZonedDateTime.now(in.clock());
    StringBuilder text = new StringBuilder();
    in.budget().text(10L * format.length());
    for (int i = 0; i < format.length(); i++) {
      char letter = format.charAt(i);
      if (letter != '%') {
        text.append(letter);
        continue;
      }
      char field = ++i < format.length() ? format.charAt(i) : ' ';
      String pattern = FIELDS.get(field);
      if (field == '%') {
        text.append('%');
      } else if (pattern == null) {
        throw new TemplateFault("strftime_now() does not know the field '%" + field + "'");
      } else {
        text.append(DateTimeFormatter.ofPattern(pattern, Locale.US).format(now));
      }
    }
    return text.toString();
  }
}
