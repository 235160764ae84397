package io.arete.rlaif.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run is doing at this moment, in a hidden file of its folder, for whoever watches. The file
 * is gone when the run has ended; one that was killed leaves it. Nothing depends on it.
 *
 * @param process that does it
 * @param stage it belongs to; empty before the first
 * @param task as progress calls it; empty between two tasks
 * @param unit what is counted, in the plural
 * @param done units, with those of earlier starts
 * @param skipped units of earlier starts
 * @param total units in all
 * @param seconds since this task began in this start
 */
public record LiveTask(
    long process,
    Optional<Stage> stage,
    String task,
    String unit,
    long done,
    long skipped,
    long total,
    double seconds) {

  private static final String NAME = ".live.json";

  /** What a run is doing; empty if nothing says so. */
  public static Optional<LiveTask> read(Path run) {
    try {
      JsonNode root = JsonFile.readIfThere(run.resolve(NAME));
      return root.isObject() ? Optional.of(ofJson(root)) : Optional.empty();
    } catch (AreteException e) {
      return Optional.empty(); // gone between the look and the reading, or not of this version
    }
  }

  /** Says it. A failure is no matter: the disk may be full, and the run itself will tell. */
  public void write(Path run) {
    Path file = run.resolve(NAME);
    Path partial = run.resolve(NAME + ".partial");
    try {
      Files.write(partial, JsonFile.text(toJson()).getBytes(StandardCharsets.UTF_8));
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      end(run);
    }
  }

  /** Says that the run does nothing any more. */
  public static void end(Path run) {
    try {
      Files.deleteIfExists(run.resolve(NAME + ".partial"));
      Files.deleteIfExists(run.resolve(NAME));
    } catch (IOException e) {
      // What stays names a process that has ended.
    }
  }

  /** Whether the process that wrote this of a run is still there. */
  public boolean isAlive(Path run) {
    return WritingProcess.isAlive(process, run.resolve(NAME));
  }

  /** Units a second in this start; empty before the first. */
  public OptionalDouble rate() {
    return done > skipped && seconds > 0
        ? OptionalDouble.of((done - skipped) / seconds)
        : OptionalDouble.empty();
  }

  /** Seconds that the rest of the task will take at that rate. */
  public OptionalDouble remaining() {
    OptionalDouble rate = rate();
    return rate.isPresent()
        ? OptionalDouble.of(Math.max(0, total - done) / rate.getAsDouble())
        : OptionalDouble.empty();
  }

  private ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("process", process);
    stage.ifPresent(one -> root.put("stage", one.wireName()));
    return root.put("task", task)
        .put("unit", unit)
        .put("done", done)
        .put("skipped", skipped)
        .put("total", total)
        .put("seconds", seconds);
  }

  private static LiveTask ofJson(JsonNode root) {
    Optional<Stage> stage = Optional.empty();
    for (Stage one : Stage.values()) {
      if (one.wireName().equals(root.path("stage").asText())) {
        stage = Optional.of(one);
      }
    }
    return new LiveTask(
        root.path("process").asLong(),
        stage,
        root.path("task").asText(),
        root.path("unit").asText(),
        root.path("done").asLong(),
        root.path("skipped").asLong(),
        root.path("total").asLong(),
        root.path("seconds").asDouble());
  }
}
