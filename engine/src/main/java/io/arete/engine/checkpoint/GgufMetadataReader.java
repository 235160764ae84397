package io.arete.engine.checkpoint;

import io.arete.engine.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads GGUF metadata: typed values under names, bounded in number, length and depth. */
final class GgufMetadataReader {

  static final int MAX_KEYS = 65_536;

  private static final int MAX_KEY_BYTES = 65_535;
  private static final int MAX_TEXT_BYTES = 1 << 24;
  private static final int MAX_DEPTH = 4;
  private static final long MAX_METADATA_BYTES = 1L << 26;

  /** All items of all arrays together; the largest vocabularies with merges have two million. */
  private static final long MAX_ITEMS = 1L << 22;

  private final GgufCursor cursor;
  private final long start;
  private long items;

  GgufMetadataReader(GgufCursor cursor) {
    this.cursor = cursor;
    this.start = cursor.position();
  }

  /** Reads {@code count} names with their values. */
  Map<String, GgufValue> read(long count) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String key = cursor.text("a metadata name", MAX_KEY_BYTES);
      int type = cursor.int32("a metadata type");
      if (values.put(key, value("metadata " + Quoted.of(key), type, 0)) != null) {
        throw cursor.broken("metadata " + Quoted.of(key) + " is there twice");
      }
      requireBudget();
    }
    return values;
  }

  private GgufValue value(String what, int type, int depth) {
    return switch (type) {
      case 0 -> new GgufValue.Whole(Byte.toUnsignedLong(cursor.int8(what)));
      case 1 -> new GgufValue.Whole(cursor.int8(what));
      case 2 -> new GgufValue.Whole(Short.toUnsignedLong(cursor.int16(what)));
      case 3 -> new GgufValue.Whole(cursor.int16(what));
      case 4 -> new GgufValue.Whole(Integer.toUnsignedLong(cursor.int32(what)));
      case 5 -> new GgufValue.Whole(cursor.int32(what));
      case 6 -> new GgufValue.Real(Float.intBitsToFloat(cursor.int32(what)));
      case 7 -> new GgufValue.Flag(flag(what));
      case 8 -> new GgufValue.Text(cursor.text(what, MAX_TEXT_BYTES));
      case 9 -> array(what, depth + 1);
      case 10 -> new GgufValue.Whole(cursor.count(what, Long.MAX_VALUE));
      case 11 -> new GgufValue.Whole(cursor.int64(what));
      case 12 -> new GgufValue.Real(Double.longBitsToDouble(cursor.int64(what)));
      default ->
          throw cursor.broken(what + " has the unknown type " + Integer.toUnsignedString(type));
    };
  }

  private boolean flag(String what) {
    byte value = cursor.int8(what);
    if (value != 0 && value != 1) {
      throw cursor.broken(what + " is the truth value " + value + ", but 0 or 1 is allowed");
    }
    return value == 1;
  }

  private GgufValue array(String what, int depth) {
    if (depth > MAX_DEPTH) {
      throw cursor.broken(what + " nests arrays deeper than " + MAX_DEPTH);
    }
    int type = cursor.int32("the item type of " + what);
    // Every item takes at least one byte, so a count beyond the file's end is a lie.
    long most = Math.min(cursor.remaining(), MAX_ITEMS - items);
    long count = cursor.count("the length of " + what, most);
    items += count;
    List<GgufValue> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(value(what, type, depth));
      requireBudget();
    }
    return new GgufValue.Items(values);
  }

  private void requireBudget() {
    if (cursor.position() - start > MAX_METADATA_BYTES) {
      throw cursor.broken("its metadata exceed " + MAX_METADATA_BYTES + " bytes");
    }
  }
}
