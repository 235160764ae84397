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

/** Seconds of the clock that each stage took, over all starts of a run. */
public final class StageTimes {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIMIT_BYTES = 1 << 16;

  private StageTimes() {}

  /** The seconds by stage; none if the file is not there or unreadable: nothing depends on it. */
  public static Map<Stage, Double> read(Path file) {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    if (Files.exists(file)) {
      JsonNode root = parse(BoundedText.read(file, LIMIT_BYTES));
      for (Stage stage : Stage.values()) {
        JsonNode value = root.path(stage.wireName());
        if (value.isNumber()) {
          seconds.put(stage, value.doubleValue());
        }
      }
    }
    return Collections.unmodifiableMap(seconds);
  }

  /** Adds seconds to a stage's. */
  public static void add(Path file, Stage stage, double seconds) {
    Map<Stage, Double> all = new EnumMap<>(Stage.class);
    all.putAll(read(file));
    all.merge(stage, seconds, Double::sum);
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
