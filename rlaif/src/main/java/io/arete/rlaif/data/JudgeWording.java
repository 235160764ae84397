package io.arete.rlaif.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a judge is asked which of two conversations is better on a facet.
 *
 * @param template text with placeholders in braces
 * @param parts what each facet is called in it
 * @param firstAnswer what the judge replies if the first is better
 * @param secondAnswer what the judge replies if the second is better
 */
public record JudgeWording(
    String template, Map<Facet, String> parts, String firstAnswer, String secondAnswer) {

  /** The placeholders that a template must hold, each at least once. */
  static final Set<String> REQUIRED = Set.of("prompt", "first", "second", "virtue");

  /** Every placeholder there is. */
  static final Set<String> ALLOWED =
      Set.of("prompt", "first", "second", "virtue", "description", "part");

  static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]{1,40})}");

  /** Copies the parts. */
  public JudgeWording {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
  }

  /**
   * The question. Texts are put in as they are: braces in them are not placeholders.
   *
   * @param prompt what was asked, as text
   * @param first the facet's text of the one conversation
   * @param second the facet's text of the other
   */
  public String question(Facet facet, Virtue virtue, String prompt, String first, String second) {
    Map<String, String> texts =
        Map.of(
            "prompt",
            prompt,
            "first",
            first,
            "second",
            second,
            "virtue",
            virtue.name(),
            "description",
            virtue.description(),
            "part",
            parts.getOrDefault(facet, facet.wireName()));
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(texts.getOrDefault(match.group(1), match.group())));
  }
}
