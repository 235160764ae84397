package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of one section of a recipe, in the order in which they are written. Declaring a key
 * lists it, so none can be forgotten.
 */
final class KeyList {

  private final String section;
  private final String title;
  private final List<Key<?>> keys = new ArrayList<>();

  /**
   * Creates an empty list.
   *
   * @param section the section's name, empty for the keys at the top
   * @param title one sentence on what the section is for
   */
  KeyList(String section, String title) {
    this.section = section;
    this.title = title;
  }

  String section() {
    return section;
  }

  String title() {
    return title;
  }

  List<Key<?>> keys() {
    return Collections.unmodifiableList(keys);
  }

  Key<Integer> whole(String name, int fallback, Range range, String unit, String doc) {
    return add(name, new Numbers.Whole(range), Optional.of(fallback), unit, doc);
  }

  /** A whole number, or {@code auto}, which is empty. */
  Key<Optional<Integer>> wholeOrAuto(
      String name, int fallback, Range range, String unit, String doc) {
    return add(
        name,
        new Texts.Auto<>(new Numbers.Whole(range)),
        Optional.of(Optional.of(fallback)),
        unit,
        doc);
  }

  Key<Double> real(String name, double fallback, Range range, String unit, String doc) {
    return add(name, new Numbers.Real(range), Optional.of(fallback), unit, doc);
  }

  Key<Long> seed(String name, long fallback, String doc) {
    return add(name, new Numbers.Seed(), Optional.of(fallback), "", doc);
  }

  Key<Boolean> flag(String name, boolean fallback, String doc) {
    return add(name, new Texts.Flag(), Optional.of(fallback), "", doc);
  }

  Key<String> requiredName(String name, String doc) {
    return add(name, new Texts.Name(), Optional.empty(), "", doc);
  }

  Key<String> line(String name, String fallback, String doc) {
    return add(name, new Texts.Line(), Optional.of(fallback), "", doc);
  }

  Key<Optional<String>> optionalName(String name, String doc) {
    return add(name, new Texts.Maybe<>(new Texts.Name()), Optional.of(Optional.empty()), "", doc);
  }

  Key<Path> requiredModel(String name, String doc) {
    return add(name, new ModelPlace(), Optional.empty(), "", doc);
  }

  <T> Key<Optional<T>> optional(String name, Kind<T> kind, String doc) {
    return add(name, new Texts.Maybe<>(kind), Optional.of(Optional.empty()), "", doc);
  }

  Key<Optional<Path>> optionalPath(String name, String doc) {
    return add(name, new Texts.Maybe<>(new Texts.File()), Optional.of(Optional.empty()), "", doc);
  }

  Key<String> boxOrFile(String name, String fallback, String doc) {
    return add(name, new Texts.BoxOrFile(), Optional.of(fallback), "", doc);
  }

  Key<List<String>> members(String name, String doc) {
    return add(name, new Members(), Optional.of(List.of()), "", doc);
  }

  <T> Key<T> add(String name, Kind<T> kind, T fallback, String doc) {
    return add(name, kind, Optional.of(fallback), "", doc);
  }

  <E extends Enum<E>> Key<E> choice(String name, E[] values, E fallback, String doc) {
    return add(name, lowerCase(values), Optional.of(fallback), "", doc);
  }

  <E extends Enum<E>> Key<Optional<E>> optionalChoice(
      String name, E[] values, Function<E, String> word, String doc) {
    Kind<E> kind = new Choices.One<>(List.of(values), word);
    return add(name, new Texts.Maybe<>(kind), Optional.of(Optional.empty()), "", doc);
  }

  <E extends Enum<E>> Key<List<E>> several(String name, E[] values, String doc) {
    return add(
        name, new Choices.Several<>(lowerCase(values)), Optional.of(List.of(values)), "", doc);
  }

  <E extends Enum<E>> Key<List<E>> several(
      String name, E[] values, List<E> fallback, Function<E, String> word, String doc) {
    Kind<List<E>> kind = new Choices.Several<>(new Choices.One<>(List.of(values), word));
    return add(name, kind, Optional.of(fallback), "", doc);
  }

  /** A whole number of tokens for each facet's reply, under {@code name.FACET}. */
  Map<Facet, Key<Integer>> replyTokens(String name) {
    Map<Facet, Key<Integer>> keys = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      keys.put(
          facet,
          whole(
              name + "." + facet.wireName(),
              facet == Facet.ACTION ? 48 : 32,
              Range.of(1, 8192),
              "tokens",
              "the longest reply for the " + facet.wireName() + " that is sampled"));
    }
    return Collections.unmodifiableMap(keys);
  }

  private static <E extends Enum<E>> Choices.One<E> lowerCase(E[] values) {
    return new Choices.One<>(List.of(values), value -> value.name().toLowerCase(Locale.ROOT));
  }

  private <T> Key<T> add(String name, Kind<T> kind, Optional<T> fallback, String unit, String doc) {
    String path = section.isEmpty() ? name : section + "." + name;
    Key<T> key = new Key<>(path, kind, fallback, unit, doc);
    keys.add(key);
    return key;
  }
}
