package io.arete.engine.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A checked safetensors header: every entry lies inside the file, side by side with the next. */
record SafetensorsHeader(SortedMap<String, TensorEntry> entries, Map<String, String> metadata) {

  static final String METADATA = "__metadata__";
  static final int LENGTH_BYTES = 8;

  private static final int MAX_TENSORS = 200_000;
  private static final int MAX_DIMENSIONS = 32;

  SafetensorsHeader {
    entries = Collections.unmodifiableSortedMap(entries);
    metadata = Map.copyOf(metadata);
  }

  /** Reads and checks the header of {@code file}. */
  static SafetensorsHeader read(FileBytes file) {
    Path path = file.path();
    if (file.size() < LENGTH_BYTES) {
      throw new AreteException(
          "%s is truncated: a safetensors file starts with 8 bytes of header length, but %d bytes were found; fetch it again"
              .formatted(path, file.size()));
    }
    long length = file.read(0, LENGTH_BYTES).getLong();
    if (length < 0 || length > BoundedJson.MAX_BYTES) {
      throw new AreteException(
          "%s is not a safetensors file: its header claims %s bytes, but at most %d are allowed and the file has %d"
              .formatted(path, Long.toUnsignedString(length), BoundedJson.MAX_BYTES, file.size()));
    }
    if (length > file.size() - LENGTH_BYTES) {
      throw new AreteException(
          "%s is truncated: with its header of %d bytes it must have at least %d bytes, but %d were found; fetch it again"
              .formatted(path, length, length + LENGTH_BYTES, file.size()));
    }
    long dataStart = LENGTH_BYTES + length;
    try (JsonParser json = BoundedJson.parser(file.read(LENGTH_BYTES, (int) length))) {
      SafetensorsHeader header = new HeaderParser(path, dataStart, json).parse();
      header.requireExactCover(path, dataStart, file.size());
      return header;
    } catch (IOException e) {
      throw new AreteException(
          "%s has a broken header: %s; fetch it again".formatted(path, BoundedJson.fault(e)), e);
    }
  }

  /** The format allows neither overlaps nor holes nor bytes after the last tensor. */
  private void requireExactCover(Path path, long dataStart, long fileSize) {
    List<TensorEntry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(TensorEntry::offset).thenComparing(TensorEntry::bytes));
    long end = dataStart;
    for (TensorEntry entry : inOrder) {
      if (entry.offset() != end) {
        throw new AreteException(
            "%s is broken: tensor %s starts at byte %d, but the tensor before it ends at byte %d"
                .formatted(path, Quoted.of(entry.name()), entry.offset(), end));
      }
      end += entry.bytes();
    }
    if (end > fileSize) {
      throw new AreteException(
          "%s is truncated: its header needs %d bytes, but %d were found; fetch it again"
              .formatted(path, end, fileSize));
    }
    if (end < fileSize) {
      throw new AreteException(
          "%s is broken: its header needs %d bytes, but %d were found; fetch it again"
              .formatted(path, end, fileSize));
    }
  }

  /** Reads the JSON token by token, so that nothing unbounded is built from it. */
  private static final class HeaderParser {

    private final Path path;
    private final long dataStart;
    private final JsonParser json;
    private final SortedMap<String, TensorEntry> entries = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    HeaderParser(Path path, long dataStart, JsonParser json) {
      this.path = path;
      this.dataStart = dataStart;
      this.json = json;
    }

    SafetensorsHeader parse() throws IOException {
      require(json.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        require(
            json.nextToken() == JsonToken.START_OBJECT,
            "the value of " + Quoted.of(name) + " is not a JSON object");
        if (name.equals(METADATA)) {
          parseMetadata();
        } else {
          require(entries.size() < MAX_TENSORS, "it names more than " + MAX_TENSORS + " tensors");
          entries.put(name, parseEntry(name));
        }
      }
      require(json.nextToken() == null, "something follows the JSON object");
      return new SafetensorsHeader(entries, metadata);
    }

    private void parseMetadata() throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        require(
            json.nextToken() == JsonToken.VALUE_STRING,
            "the metadata value of " + Quoted.of(key) + " is not a string");
        metadata.put(key, json.getText());
      }
    }

    private TensorEntry parseEntry(String name) throws IOException {
      String dtypeName = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "dtype" -> dtypeName = parseText(name);
          case "shape" -> shape = parseNumbers(name, key, MAX_DIMENSIONS);
          case "data_offsets" -> offsets = parseNumbers(name, key, 2);
          default -> json.skipChildren();
        }
      }
      return entry(name, present(name, dtypeName), present(name, shape), present(name, offsets));
    }

    private String parseText(String name) throws IOException {
      require(
          json.currentToken() == JsonToken.VALUE_STRING,
          "dtype of tensor " + Quoted.of(name) + " is not a string");
      return json.getText();
    }

    private List<Long> parseNumbers(String name, String key, int most) throws IOException {
      String where = key + " of tensor " + Quoted.of(name);
      require(json.currentToken() == JsonToken.START_ARRAY, where + " is not a list");
      List<Long> numbers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, where + " holds no integer");
        require(numbers.size() < most, where + " has more than " + most + " numbers");
        long number = json.getLongValue();
        require(number >= 0, where + " holds the negative number " + number);
        numbers.add(number);
      }
      return numbers;
    }

    private TensorEntry entry(String name, String dtypeName, List<Long> shape, List<Long> offsets) {
      StoredDtype dtype =
          StoredDtype.named(dtypeName)
              .orElseThrow(
                  () ->
                      new AreteException(
                          "%s stores tensor %s as %s, which is not read; allowed are %s"
                              .formatted(
                                  path,
                                  Quoted.of(name),
                                  Quoted.of(dtypeName),
                                  List.of(StoredDtype.values()))));
      require(offsets.size() == 2, "data_offsets of tensor " + Quoted.of(name) + " are not two");
      long begin = offsets.get(0);
      long end = offsets.get(1);
      require(
          begin <= end && end <= Long.MAX_VALUE - dataStart,
          "tensor " + Quoted.of(name) + " ends at byte " + end + " but starts at byte " + begin);
      OptionalLong needed = Sizes.bytes(shape, dtype.bytesPerElement());
      require(
          needed.isPresent() && needed.getAsLong() == end - begin,
          "tensor %s of shape %s and type %s cannot fill %d bytes"
              .formatted(Quoted.of(name), shape, dtype, end - begin));
      return new TensorEntry(name, dtype, shape, dataStart + begin, end - begin);
    }

    private <T> T present(String name, @Nullable T value) {
      if (value == null) {
        throw new AreteException(
            "%s has a broken header: tensor %s lacks its dtype, shape or data_offsets"
                .formatted(path, Quoted.of(name)));
      }
      return value;
    }

    private void require(boolean holds, String fault) {
      if (!holds) {
        throw new AreteException(
            "%s has a broken header: %s; fetch it again".formatted(path, fault));
      }
    }
  }
}
