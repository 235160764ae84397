package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** {@code value[start:stop:step]} as in Python. */
final class Slices {

  private Slices() {}

  static Object slice(Interpreter in, Object value, Object start, Object stop, Object step) {
    long stride = step == None.NONE ? 1 : Values.requireInteger(step, "a slice's step");
    if (stride == 0) {
      throw new TemplateFault("a slice's step is 0");
    }
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (value instanceof String text) {
      return ofText(in, text, start, stop, stride);
    }
    if (value instanceof List<?> list) {
      return ofList(in, list, start, stop, stride);
    }
    if (value instanceof Tuple tuple) {
      return new Tuple(ofList(in, tuple.items(), start, stop, stride));
    }
    throw new TemplateFault(Values.typeName(value) + " cannot be sliced");
  }

  private static String ofText(
      Interpreter in, String text, Object start, Object stop, long stride) {
    in.budget().text(text.length());
    int[] points = text.codePoints().toArray();
    StringBuilder sliced = new StringBuilder();
    forEach(points.length, start, stop, stride, i -> sliced.appendCodePoint(points[i]));
    return sliced.toString();
  }

  private static List<Object> ofList(
      Interpreter in, List<?> list, Object start, Object stop, long stride) {
    in.budget().elements(list.size());
    List<Object> sliced = new ArrayList<>();
    forEach(list.size(), start, stop, stride, i -> sliced.add(list.get(i)));
    return sliced;
  }

  private static void forEach(
      int size, Object start, Object stop, long stride, IntConsumer consumer) {
    long low = stride > 0 ? 0 : -1;
    long high = stride > 0 ? size : size - 1L;
    long from = bound(start, size, low, high, stride > 0 ? low : high);
    long to = bound(stop, size, low, high, stride > 0 ? high : low);
    if (stride > 0) {
      for (long i = from; i < to; i = i > to - stride ? to : i + stride) {
        consumer.accept((int) i);
      }
    } else {
      for (long i = from; i > to; i = i < to - stride ? to : i + stride) {
        consumer.accept((int) i);
      }
    }
  }

  private static long bound(Object value, int size, long low, long high, long absent) {
    if (value == None.NONE) {
      return absent;
    }
    long index = Values.requireInteger(value, "a slice");
    return Math.max(low, Math.min(high, index < 0 ? index + size : index));
  }
}
