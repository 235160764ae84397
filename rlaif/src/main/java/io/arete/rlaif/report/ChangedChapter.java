package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings and circumstances in which runs differ, and the gates that did not pass. */
final class ChangedChapter {

  private ChangedChapter() {}

  static Chapter of(List<ReportedRun> runs) {
    List<Block> blocks = new ArrayList<>();
    Map<ReportedRun, Map<String, String>> all = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    for (ReportedRun run : runs) {
      Map<String, String> own = settings(run.files());
      all.put(run, own);
      keys.addAll(own.keySet());
    }
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> values = all.values().stream().map(own -> own.getOrDefault(key, "–")).toList();
      if (values.stream().distinct().count() > 1) {
        List<String> row = new ArrayList<>(List.of(key));
        row.addAll(values);
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      blocks.add(new Block.Prose("The runs differ in no setting."));
    } else {
      List<String> head = new ArrayList<>(List.of("setting"));
      runs.forEach(run -> head.add(run.name()));
      blocks.add(new Block.Prose("All other settings are the same in all of them."));
      blocks.add(new Block.Numbers(head, rows));
    }
    blocks.add(gates(runs));
    return new Chapter("settings", "Settings that differ, and gates", blocks);
  }

  /** The recipe's keys, and what else results depend on. */
  private static Map<String, String> settings(RunFiles run) {
    Map<String, String> settings = new LinkedHashMap<>(run.settings());
    settings.remove("name");
    JsonNode manifest = run.json("run.json");
    for (var one : manifest.path("environment").properties()) {
      settings.put("environment: " + one.getKey(), one.getValue().asText());
    }
    settings.put("forced gates", String.join(", ", SettingsChapter.forced(manifest)));
    return settings;
  }

  private static Block gates(List<ReportedRun> runs) {
    List<String> marks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (ReportedRun run : runs) {
      for (JsonNode gate : run.files().json("gates.json").path("gates")) {
        String mark = GatesChapter.mark(gate);
        if (!mark.equals("passed")) {
          marks.add(mark);
          rows.add(
              List.of(
                  run.name(),
                  gate.path("when").asText(),
                  GatesChapter.title(gate),
                  gate.path("value").asText(),
                  gate.path("threshold").asText()));
        }
      }
    }
    return rows.isEmpty()
        ? new Block.Prose("Every gate that looked passed, in all of them.")
        : new Block.Checklist(
            marks, new Block.Numbers(List.of("run", "when", "gate", "found", "asked"), rows));
  }
}
