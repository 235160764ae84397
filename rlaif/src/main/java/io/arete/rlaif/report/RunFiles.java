package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a run has left so far. What is not there is missing, not an error. */
record RunFiles(Path root) {

  /** The run's name: that of its folder. */
  String name() {
    Path name = root.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }

  /** A JSON file; a missing node if it is not there. */
  JsonNode json(String path) {
    return JsonFile.readIfThere(root.resolve(path));
  }

  /** The lines of a file of JSON lines, at most so many (0 = all); none if it is not there. */
  List<ObjectNode> lines(String path, int most) {
    Path file = root.resolve(path);
    return Files.exists(file)
        ? JsonLines.read(file, most, (line, row) -> Optional.of(row))
        : List.of();
  }

  /** A log of metrics; empty if it is not there. */
  List<Metric> metrics(String path) {
    Path file = root.resolve(path);
    return Files.exists(file) ? MetricLog.read(file) : List.of();
  }
}
