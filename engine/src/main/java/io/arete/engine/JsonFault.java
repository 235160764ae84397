package io.arete.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, in words for a person. */
public final class JsonFault {

  /** The parser tells of its own settings where it would tell of a place. */
  private static final Pattern PLACE = Pattern.compile(" ?\\([^()]*at \\[Source: [^]]*]\\)");

  /** What to do with one list where lines of objects are read, after a line's place. */
  public static final String LIST = "begins with '[', a JSON list; write one object a line";

  private JsonFault() {}

  /** Whether a line that should hold an object is a list, or where one begins. */
  public static boolean isList(String line) {
    return line.stripLeading().startsWith("[");
  }

  /** The parser's reason in one line without its own notes of places. */
  public static String of(JsonProcessingException failure) {
    String reason = failure.getOriginalMessage();
    return reason == null || reason.isBlank()
        ? "it cannot be parsed"
        : Quoted.line(
            PLACE.matcher(reason).replaceAll("").strip().lines().findFirst().orElseThrow());
  }
}
