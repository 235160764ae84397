package io.arete.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads reference tensors and id lists. */
public final class GoldenTensors {

  private GoldenTensors() {}

  /** The float32 elements of one tensor of a safetensors file, row by row. */
  public static float[] floats(Path file, String name) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      var entry = java.util.Objects.requireNonNull(tensors.entries().get(name), name);
      float[] values = new float[Math.toIntExact(entry.elements())];
      tensors.map(entry).get(0).asFloatBuffer().get(values);
      return values;
    }
  }

  /** A JSON array of ids. */
  public static int[] ids(JsonNode array) {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = array.get(i).asInt();
    }
    return ids;
  }

  /** A JSON array of arrays of ids. */
  public static List<int[]> sequences(JsonNode arrays) {
    List<int[]> sequences = new ArrayList<>();
    arrays.forEach(array -> sequences.add(ids(array)));
    return sequences;
  }

  /** The largest absolute difference. */
  public static double distance(float[] found, float[] expected) {
    if (found.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected[i]));
    }
    return largest;
  }
}
