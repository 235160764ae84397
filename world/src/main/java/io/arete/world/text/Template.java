package io.arete.world.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with slots in braces, such as {@code tell {first} the truth}. */
public final class Template {

  private static final Pattern SLOT = Pattern.compile("\\{([a-z]{1,40})}");

  private final String text;
  private final List<Piece> pieces;
  private final Set<String> slots;

  /** A word of the template, or the name of a slot. */
  private record Piece(String text, boolean slot) {}

  /**
   * Where a template was found.
   *
   * @param end the word after its last
   * @param fillings what stands in its slots, by the slot's name
   */
  public record Match(int end, Map<String, String> fillings) {}

  private Template(String text, List<Piece> pieces, Set<String> slots) {
    this.text = text;
    this.pieces = pieces;
    this.slots = slots;
  }

  /** The template of that text. */
  public static Template of(String text) {
    List<Piece> pieces = new ArrayList<>();
    Set<String> slots = new LinkedHashSet<>();
    int done = 0;
    for (MatchResult slot : SLOT.matcher(text).results().toList()) {
      Words.of(text.substring(done, slot.start()))
          .forEach(word -> pieces.add(new Piece(word, false)));
      pieces.add(new Piece(slot.group(1), true));
      slots.add(slot.group(1));
      done = slot.end();
    }
    Words.of(text.substring(done)).forEach(word -> pieces.add(new Piece(word, false)));
    return new Template(text, List.copyOf(pieces), slots);
  }

  /** The text with its braces. */
  public String text() {
    return text;
  }

  /** The names of its slots. */
  public Set<String> slots() {
    return Set.copyOf(slots);
  }

  /** Its first word; empty if it begins with a slot. */
  public Optional<String> firstWord() {
    return pieces.isEmpty() || pieces.get(0).slot()
        ? Optional.empty()
        : Optional.of(pieces.get(0).text());
  }

  /**
   * The text with its slots filled.
   *
   * @throws IllegalArgumentException if a slot has no filling
   */
  public String fill(Map<String, String> fillings) {
    return SLOT.matcher(text)
        .replaceAll(slot -> Matcher.quoteReplacement(filling(fillings, slot.group(1))));
  }

  /** This template at that word; every slot may hold any filling, the same one each time. */
  public Optional<Match> match(List<String> words, int start, Slots known) {
    Map<String, String> found = new HashMap<>();
    int place = start;
    for (Piece piece : pieces) {
      if (!piece.slot()) {
        if (place >= words.size() || !words.get(place).equals(piece.text())) {
          return Optional.empty();
        }
        place++;
        continue;
      }
      OptionalInt end = known.end(piece.text(), words, place);
      if (end.isEmpty()) {
        return Optional.empty();
      }
      String filling = String.join(" ", words.subList(place, end.getAsInt()));
      String before = found.putIfAbsent(piece.text(), filling);
      if (before != null && !before.equals(filling)) {
        return Optional.empty();
      }
      place = end.getAsInt();
    }
    return Optional.of(new Match(place, Map.copyOf(found)));
  }

  private String filling(Map<String, String> fillings, String slot) {
    String filling = fillings.get(slot);
    if (filling == null) {
      throw new IllegalArgumentException("no filling for {" + slot + "} in: " + text);
    }
    return filling;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
