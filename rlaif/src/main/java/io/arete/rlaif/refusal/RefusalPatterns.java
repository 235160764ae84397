package io.arete.rlaif.refusal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The words of refusals, from the file in the box.
 *
 * @param lead what may stand before a refusal
 * @param refusal how one begins
 * @param alone what refuses where nothing else is said
 * @param turn what shows that the thing asked for follows all the same
 * @param instead what shows that something else follows
 */
record RefusalPatterns(
    Pattern lead, Pattern refusal, Pattern alone, Pattern turn, Pattern instead) {

  private static final String RESOURCE = "/io/arete/rlaif/refusal/patterns.txt";

  /** Those in the box. */
  static RefusalPatterns builtIn() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    String section = "";
    for (String line : lines()) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        sections.computeIfAbsent(section, key -> new ArrayList<>()).add(line);
      }
    }
    return new RefusalPatterns(
        any(sections, "lead"),
        any(sections, "refusal"),
        any(sections, "alone"),
        any(sections, "turn"),
        any(sections, "instead"));
  }

  private static Pattern any(Map<String, List<String>> sections, String section) {
    List<String> each = Objects.requireNonNull(sections.get(section), section);
    return Pattern.compile("(?:" + String.join(")|(?:", each) + ")");
  }

  private static List<String> lines() {
    try (InputStream resource =
            Objects.requireNonNull(RefusalPatterns.class.getResourceAsStream(RESOURCE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the refusals in the box cannot be read", e);
    }
  }
}
