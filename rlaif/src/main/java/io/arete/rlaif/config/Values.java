package io.arete.rlaif.config;

import io.arete.rlaif.data.Facet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A value for every key. Equal if every value is equal. */
final class Values {

  private final Map<String, Object> byPath;

  private Values(Map<String, Object> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /** The value of that key. */
  @SuppressWarnings("unchecked") // Builder.put is the only way in, and takes a T for a Key<T>.
  <T> T get(Key<T> key) {
    Object value = byPath.get(key.path());
    if (value == null) {
      throw new IllegalStateException("The key " + key.path() + " was never given a value");
    }
    return (T) value;
  }

  /** The value of that key, if it has one: of a recipe with faults not every key has. */
  <T> Optional<T> find(Key<T> key) {
    return byPath.containsKey(key.path()) ? Optional.of(get(key)) : Optional.empty();
  }

  /** The values of those keys. */
  Map<Facet, Integer> get(Map<Facet, Key<Integer>> keys) {
    Map<Facet, Integer> values = new EnumMap<>(Facet.class);
    keys.forEach((facet, key) -> values.put(facet, get(key)));
    return Collections.unmodifiableMap(values);
  }

  /** The value of that key as YAML. */
  <T> String print(Key<T> key) {
    return key.kind().print(get(key));
  }

  /** The same values, to be changed. */
  Builder toBuilder() {
    Builder builder = new Builder();
    builder.byPath.putAll(byPath);
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values values && values.byPath.equals(byPath);
  }

  @Override
  public int hashCode() {
    return byPath.hashCode();
  }

  /** Collects values. */
  static final class Builder {
    private final Map<String, Object> byPath = new HashMap<>();

    <T> void put(Key<T> key, T value) {
      byPath.put(key.path(), value);
    }

    /** The key's default, if it has one. */
    <T> void putFallback(Key<T> key) {
      key.fallback().ifPresent(value -> put(key, value));
    }

    boolean has(Key<?> key) {
      return byPath.containsKey(key.path());
    }

    Values build() {
      return new Values(byPath);
    }
  }
}
