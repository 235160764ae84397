package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes down what gates found, and halts the run where one says so. */
public final class GateKeeper {

  private final Path file;
  private final Set<String> forced;

  /**
   * A keeper.
   *
   * @param file gates.json of the run
   * @param forced names of gates that do not halt
   */
  public GateKeeper(Path file, Set<String> forced) {
    this.file = file;
    this.forced = Set.copyOf(forced);
  }

  /**
   * Writes the results of a phase in the place of its older ones.
   *
   * @throws GateStop if one of them halts and is not forced
   */
  public void check(GatePhase phase, List<GateResult> results) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("gates");
    for (GatePhase each : GatePhase.values()) {
      if (each == phase) {
        results.forEach(result -> all.add(result.toJson(phase, forced.contains(result.name()))));
      } else {
        written(each).forEach(all::add);
      }
    }
    AtomicFile.writeText(file, JsonFile.text(root));
    for (GateResult result : results) {
      if (result.halts() && !forced.contains(result.name())) {
        throw new GateStop(phase, result);
      }
    }
  }

  /** The results of a phase that were forced. */
  List<GateResult> forcedResults(GatePhase phase) {
    return written(phase).stream()
        .filter(row -> row.path("forced").asBoolean())
        .map(GateResult::ofJson)
        .toList();
  }

  /**
   * Takes over what gates found about a stage in another run, together with the stage.
   *
   * @param other gates.json of that run
   */
  public void take(Path other, Stage stage) {
    GateKeeper donor = new GateKeeper(other, Set.of());
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("gates");
    for (GatePhase phase : GatePhase.values()) {
      (phase.stage() == stage ? donor : this).written(phase).forEach(all::add);
    }
    AtomicFile.writeText(file, JsonFile.text(root));
  }

  /** The results of a phase that do not halt a run, or were forced. */
  List<GateResult> allowedResults(GatePhase phase) {
    return written(phase).stream()
        .map(GateResult::ofJson)
        .filter(result -> !result.halts() || forced.contains(result.name()))
        .toList();
  }

  /** Forgets the results about a stage that is repeated, and all that follow. */
  public void forgetFrom(Stage first) {
    if (!Files.exists(file)) {
      return;
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("gates");
    for (GatePhase phase : GatePhase.values()) {
      if (phase.stage().compareTo(first) < 0) {
        written(phase).forEach(all::add);
      }
    }
    AtomicFile.writeText(file, JsonFile.text(root));
  }

  private List<JsonNode> written(GatePhase phase) {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : JsonFile.readIfThere(file).path("gates")) {
      if (row.path("when").asText().equals(phase.wireName())) {
        rows.add(row);
      }
    }
    return rows;
  }
}
