package io.arete.rlaif.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The content of run.json: what the run is and how far its stages came. It holds no time and no
 * count of attempts, so that a run that was killed ends with the same bytes as one that was not.
 *
 * @param seed the root of every draw
 * @param environment what results may depend on beside the recipe: versions, dtype, threads,
 *     processor
 * @param stages a record for every stage
 */
public record RunManifest(
    long seed, Map<String, String> environment, Map<Stage, StageRecord> stages) {

  private static final int FORMAT = 1;
  private static final int LIMIT_BYTES = 1 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Copies both maps. */
  public RunManifest {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
  }

  /** The manifest of a run that has done nothing. */
  public static RunManifest begin(long seed, Map<String, String> environment) {
    Map<Stage, StageRecord> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, StageRecord.NOT_BEGUN);
    }
    return new RunManifest(seed, environment, stages);
  }

  /**
   * Reads the manifest of a run's folder.
   *
   * @throws AreteException if the folder is no run
   */
  public static RunManifest ofRun(Path run) {
    Path file = run.resolve("run.json");
    if (!Files.exists(file)) {
      throw new AreteException(run + " is no run: it has no run.json; name a run's folder.");
    }
    return read(file);
  }

  /**
   * The manifest of a file.
   *
   * @throws AreteException if it is not one, or of another format
   */
  public static RunManifest read(Path file) {
    String text = BoundedText.read(file, LIMIT_BYTES);
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.path("format").asInt() != FORMAT) {
        throw new AreteException(
            file
                + " has format "
                + root.path("format").asText("none")
                + " but this version of Arete reads "
                + FORMAT
                + "; start a new run.");
      }
      Map<Stage, StageRecord> stages = new EnumMap<>(Stage.class);
      for (Stage stage : Stage.values()) {
        stages.put(stage, stage(root.path("stages").path(stage.wireName()), file));
      }
      return new RunManifest(root.path("seed").asLong(), texts(root.path("environment")), stages);
    } catch (JsonProcessingException e) {
      throw new AreteException(file + " is not valid JSON; start a new run.", e);
    }
  }

  /** A stage's record. */
  public StageRecord stage(Stage stage) {
    return stages.getOrDefault(stage, StageRecord.NOT_BEGUN);
  }

  /** The same manifest with another record for one stage. */
  public RunManifest with(Stage stage, StageRecord record) {
    Map<Stage, StageRecord> changed = new EnumMap<>(stages);
    changed.put(stage, record);
    return new RunManifest(seed, environment, changed);
  }

  /** The manifest as indented JSON, the same bytes for equal manifests. */
  public String toJson() {
    ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT).put("seed", seed);
    ObjectNode around = root.putObject("environment");
    environment.forEach(around::put);
    ObjectNode all = root.putObject("stages");
    stages.forEach(
        (stage, record) -> {
          ObjectNode one = all.putObject(stage.wireName());
          one.put("state", record.state().name().toLowerCase(Locale.ROOT));
          if (!record.reason().isEmpty()) {
            one.put("reason", record.reason());
          }
          if (!record.forced().isEmpty()) {
            ArrayNode forced = one.putArray("forced");
            record.forced().forEach(forced::add);
          }
          if (!record.takenFrom().isEmpty()) {
            one.put("taken_from", record.takenFrom());
          }
          ObjectNode inputs = one.putObject("inputs");
          record.inputs().forEach(inputs::put);
        });
    return root.toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
  }

  private static StageRecord stage(JsonNode node, Path file) {
    if (node.isMissingNode()) {
      return StageRecord.NOT_BEGUN;
    }
    String state = node.path("state").asText();
    for (StageRecord.State candidate : StageRecord.State.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(state)) {
        return new StageRecord(
            candidate,
            texts(node.path("inputs")),
            node.path("reason").asText(""),
            names(node.path("forced")),
            node.path("taken_from").asText(""));
      }
    }
    throw new AreteException(
        file + " names the state \"" + state + "\", which there is not; start a new run.");
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
