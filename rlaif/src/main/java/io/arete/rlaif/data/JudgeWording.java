package io.arete.rlaif.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a judge is asked which of two conversations is better on a facet.
 *
 * @param template text with placeholders in braces
 * @param parts what each facet is called in it
 * @param firstAnswer what the judge replies if the first is better
 * @param secondAnswer what the judge replies if the second is better
 * @param examples shown before each question, in this order; may be empty
 * @param reasoning what the judge writes before it answers; empty if it answers at once
 */
public record JudgeWording(
    String template,
    Map<Facet, String> parts,
    String firstAnswer,
    String secondAnswer,
    List<JudgeExample> examples,
    Optional<JudgeReasoning> reasoning) {

  /** The placeholders that a template must hold, each at least once. */
  static final Set<String> REQUIRED = Set.of("prompt", "first", "second", "virtue");

  /** What else a template may hold. */
  static final Set<String> OPTIONAL = Set.of("description", "part", "present", "absent");

  /** Copies parts and examples. */
  public JudgeWording {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    examples = List.copyOf(examples);
  }

  /**
   * The question alone, without examples. Texts are put in as they are: braces in them are not
   * placeholders. Texts of others are quoted before, see {@link Quoting}.
   *
   * @param prompt what was asked, as text
   * @param first the facet's text of the one conversation
   * @param second the facet's text of the other
   */
  public String question(Facet facet, Virtue virtue, String prompt, String first, String second) {
    Map<String, String> texts = texts(virtue);
    texts.put("prompt", prompt);
    texts.put("first", first);
    texts.put("second", second);
    texts.put("part", part(facet));
    return Placeholders.filled(template, texts);
  }

  /** What a facet is called. */
  String part(Facet facet) {
    return parts.getOrDefault(facet, facet.wireName());
  }

  /** What is said of a virtue, by placeholder; a new map. */
  static Map<String, String> texts(Virtue virtue) {
    Map<String, String> texts = new HashMap<>();
    texts.put("virtue", virtue.name());
    texts.put("description", virtue.description());
    texts.put("present", String.join("; ", virtue.present()));
    texts.put("absent", String.join("; ", virtue.absent()));
    return texts;
  }
}
