package io.arete.rlaif.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** A small file with a number for each stage, on which nothing depends. */
final class StageNumbers {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIMIT_BYTES = 1 << 16;

  private StageNumbers() {}

  /** The numbers; none if the file is not there or unreadable. */
  static Map<Stage, Double> read(Path file) {
    Map<Stage, Double> numbers = new EnumMap<>(Stage.class);
    if (Files.exists(file)) {
      JsonNode root = parse(BoundedText.read(file, LIMIT_BYTES));
      for (Stage stage : Stage.values()) {
        JsonNode value = root.path(stage.wireName());
        if (value.isNumber()) {
          numbers.put(stage, value.doubleValue());
        }
      }
    }
    return Collections.unmodifiableMap(numbers);
  }

  /** Sets a stage's number; {@code both} makes one of the number that is there and the new one. */
  static void merge(Path file, Stage stage, double number, BinaryOperator<Double> both) {
    Map<Stage, Double> all = new EnumMap<>(Stage.class);
    all.putAll(read(file));
    all.merge(stage, number, both);
    write(file, all);
  }

  /** Leaves only the numbers of the stages before one that begins anew. */
  static void forgetFrom(Path file, Stage first) {
    Map<Stage, Double> kept = new EnumMap<>(Stage.class);
    read(file)
        .forEach(
            (stage, number) -> {
              if (stage.compareTo(first) < 0) {
                kept.put(stage, number);
              }
            });
    write(file, kept);
  }

  private static void write(Path file, Map<Stage, Double> all) {
    ObjectNode root = MAPPER.createObjectNode();
    all.forEach((name, value) -> root.put(name.wireName(), value));
    AtomicFile.writeText(file, root.toPrettyString() + "\n");
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }
}
