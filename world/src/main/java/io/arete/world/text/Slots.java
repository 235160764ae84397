package io.arete.world.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What can be filled into texts: sorts of fillings, and for each the two slots by which texts name
 * it, such as {@code person} for "Anna Berg" and {@code first} for "Anna".
 */
public final class Slots {

  private final List<FillingSort> sorts;
  private final Map<String, FillingSort> sortOfSlot = new LinkedHashMap<>();

  // For each slot and first word what can stand there, the longest first.
  private final Map<String, Map<String, List<List<String>>>> textsBySlot = new HashMap<>();

  /** Slots for those sorts; their names must differ. */
  public Slots(List<FillingSort> sorts) {
    this.sorts = List.copyOf(sorts);
    for (FillingSort sort : sorts) {
      Set<String> wholes = new LinkedHashSet<>();
      Set<String> briefs = new LinkedHashSet<>();
      for (Filling filling : sort.fillings()) {
        wholes.add(filling.whole());
        briefs.add(filling.brief());
      }
      add(sort.name(), sort, wholes);
      add(sort.briefName(), sort, briefs);
    }
  }

  /** The sorts, in the order of the bank. */
  public List<FillingSort> sorts() {
    return sorts;
  }

  /** The names of all slots. */
  public Set<String> names() {
    return Collections.unmodifiableSet(sortOfSlot.keySet());
  }

  /** The sort whose fillings stand in that slot. */
  public FillingSort sort(String slot) {
    FillingSort sort = sortOfSlot.get(slot);
    if (sort == null) {
      throw new IllegalArgumentException("there is no slot " + slot + " among " + names());
    }
    return sort;
  }

  /** Where the longest filling of that slot ends that begins at that word; empty if none does. */
  OptionalInt end(String slot, List<String> words, int start) {
    if (start >= words.size()) {
      return OptionalInt.empty();
    }
    return textsBySlot
        .getOrDefault(slot, Map.of())
        .getOrDefault(words.get(start), List.of())
        .stream()
        .filter(text -> Words.at(words, start, text))
        .mapToInt(text -> start + text.size())
        .findFirst();
  }

  private void add(String slot, FillingSort sort, Set<String> texts) {
    if (sortOfSlot.put(slot, sort) != null) {
      throw new IllegalArgumentException("two slots are called " + slot);
    }
    Map<String, List<List<String>>> byFirstWord = new HashMap<>();
    for (String text : texts) {
      List<String> words = Words.of(text);
      byFirstWord.computeIfAbsent(words.get(0), word -> new ArrayList<>()).add(words);
    }
    byFirstWord
        .values()
        .forEach(list -> list.sort(Comparator.comparingInt(List<String>::size).reversed()));
    textsBySlot.put(slot, byFirstWord);
  }
}
