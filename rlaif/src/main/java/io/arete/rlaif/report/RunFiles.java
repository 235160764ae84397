package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run has left so far. What is not there is missing, not an error. Long files are read once.
 */
final class RunFiles {

  private final Path root;
  private final Map<String, List<ObjectNode>> lines = new HashMap<>();
  private final Map<String, List<Metric>> metrics = new HashMap<>();

  RunFiles(Path root) {
    this.root = root;
  }

  /** The run's folder. */
  Path root() {
    return root;
  }

  /** The run's name: that of its folder. */
  String name() {
    Path name = root.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }

  /** A JSON file; a missing node if it is not there. */
  JsonNode json(String path) {
    return JsonFile.readIfThere(root.resolve(path));
  }

  /** The whole lines of a file of JSON lines; none if it is not there. */
  List<ObjectNode> lines(String path) {
    return lines.computeIfAbsent(
        path, name -> JsonLines.readAppended(root.resolve(name), (line, row) -> Optional.of(row)));
  }

  /** A log of metrics; empty if it is not there. */
  List<Metric> metrics(String path) {
    return metrics.computeIfAbsent(path, name -> MetricLog.read(root.resolve(name)));
  }

  /**
   * The recipe's keys as {@code section.key}, each with its value as written; none without a
   * recipe.
   */
  Map<String, String> settings() {
    Path recipe = root.resolve("recipe.yaml");
    Map<String, String> settings = new LinkedHashMap<>();
    if (Files.exists(recipe)) {
      add("", YamlReader.read(recipe), settings);
    }
    return settings;
  }

  private static void add(String key, YamlNode value, Map<String, String> settings) {
    if (value instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty()) {
      mapping
          .entries()
          .forEach((name, entry) -> add(key.isEmpty() ? name : key + "." + name, entry, settings));
    } else {
      settings.put(key, text(value));
    }
  }

  private static String text(YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    if (value instanceof YamlNode.Sequence list) {
      return list.items().stream().map(RunFiles::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof YamlNode.Mapping mapping
        ? mapping.entries().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        : "";
  }
}
