package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a GGUF file, with typed access. Each reader throws {@link AreteException} naming
 * the file, the key and the value found when it is of another type or out of range.
 *
 * @param file the file, for messages
 * @param values all values by key, in file order
 */
public record GgufMetadata(Path file, Map<String, GgufValue> values) {

  public GgufMetadata {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The string under {@code key}; it must be there. */
  public String text(String key) {
    return optionalText(key).orElseThrow(() -> missing(key));
  }

  /** The string under {@code key}, if the key is there. */
  public Optional<String> optionalText(String key) {
    GgufValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof GgufValue.Text text) {
      return Optional.of(text.value());
    }
    throw wrong(key, value, "a string");
  }

  /** The integer under {@code key}, from {@code least} to {@code most}; it must be there. */
  public long whole(String key, long least, long most) {
    return optionalWhole(key, least, most).orElseThrow(() -> missing(key));
  }

  /** The integer under {@code key}, from {@code least} to {@code most}, if the key is there. */
  public OptionalLong optionalWhole(String key, long least, long most) {
    GgufValue value = values.get(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value instanceof GgufValue.Whole whole && whole.value() >= least && whole.value() <= most) {
      return OptionalLong.of(whole.value());
    }
    throw wrong(key, value, "an integer from " + least + " to " + most);
  }

  /** The number above 0 under {@code key}, or {@code absent} if the key is not there. */
  public double positive(String key, double absent) {
    GgufValue value = values.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof GgufValue.Real real && real.value() > 0 && Double.isFinite(real.value())) {
      return real.value();
    }
    throw wrong(key, value, "a number above 0");
  }

  /** The truth value under {@code key}, or {@code absent} if the key is not there. */
  public boolean flag(String key, boolean absent) {
    GgufValue value = values.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof GgufValue.Flag flag) {
      return flag.value();
    }
    throw wrong(key, value, "a truth value");
  }

  /** The strings of the array under {@code key}; it must be there. */
  public List<String> texts(String key) {
    return items(key).stream()
        .map(
            item -> {
              if (item instanceof GgufValue.Text text) {
                return text.value();
              }
              throw wrong(key, item, "a string in every item");
            })
        .toList();
  }

  /** The integers of the array under {@code key}; it must be there. */
  public List<Long> wholes(String key) {
    return items(key).stream()
        .map(
            item -> {
              if (item instanceof GgufValue.Whole whole) {
                return whole.value();
              }
              throw wrong(key, item, "an integer in every item");
            })
        .toList();
  }

  private List<GgufValue> items(String key) {
    GgufValue value = values.get(key);
    if (value instanceof GgufValue.Items items) {
      return items.values();
    }
    throw value == null ? missing(key) : wrong(key, value, "an array");
  }

  private AreteException missing(String key) {
    return new AreteException(
        "%s lacks the metadata %s, which this kind of model needs".formatted(file, key));
  }

  private AreteException wrong(String key, @Nullable GgufValue found, String allowed) {
    return new AreteException(
        "%s has %s under the metadata %s, but %s is needed"
            .formatted(file, Quoted.of(brief(found)), key, allowed));
  }

  /** Arrays may be long; their length says enough. */
  private static String brief(@Nullable GgufValue value) {
    return value instanceof GgufValue.Items items
        ? "an array of " + items.values().size()
        : String.valueOf(value);
  }
}
