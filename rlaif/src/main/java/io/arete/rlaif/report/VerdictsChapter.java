package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of each of several runs. */
final class VerdictsChapter {

  private VerdictsChapter() {}

  static Chapter of(List<ReportedRun> runs, Path out) {
    List<String> marks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Measured> gains = new ArrayList<>();
    for (ReportedRun run : runs) {
      JsonNode summary = run.files().json("evaluation/summary.json");
      Block.Headline told = VerdictChapter.headline(run.files());
      marks.add(told.word());
      rows.add(List.of(run.name(), told.sentence()));
      JsonNode truth = summary.path("truth");
      gain(run, "ensemble score", summary).ifPresent(gains::add);
      gain(run, "truth", truth).ifPresent(gains::add);
    }
    List<Block> blocks = new ArrayList<>();
    String counts = runs.isEmpty() ? "None has begun yet" : GatesChapter.counts(marks);
    blocks.add(
        new Block.Headline(runs.size() + (runs.size() == 1 ? " run" : " runs"), counts + "."));
    blocks.add(new Block.Checklist(marks, new Block.Numbers(List.of("run", "verdict"), rows)));
    if (!gains.isEmpty()) {
      blocks.add(
          new Block.Figure(
              "verdicts-gains",
              "Tuned less base in each run, with intervals of 95 %: a gain lies right of the line"
                  + " at 0. Each run's score is that of its own reward models by its own rule.",
              Plots.intervals("tuned less base", gains, List.of(new Plots.Mark(0, ""))),
              Measured.table(gains)));
    }
    links(runs, out).ifPresent(blocks::add);
    return new Chapter("verdict", "Verdicts", blocks);
  }

  private static Optional<Measured> gain(ReportedRun run, String by, JsonNode found) {
    return Measured.of(run.name(), by, found.path("tuned_minus_base").path("ensemble"));
  }

  /** Pages of the runs alone, where they have been written. */
  private static Optional<Block> links(List<ReportedRun> runs, Path out) {
    Path here = out.toAbsolutePath().normalize();
    Path folder = here.getParent();
    List<Block.Link> links = new ArrayList<>();
    for (ReportedRun run : runs) {
      Path page = run.folder().resolve(RunReport.FILE).toAbsolutePath().normalize();
      if (Files.exists(page) && folder != null && !page.equals(here)) {
        links.add(new Block.Link(run.name(), address(folder.relativize(page))));
      }
    }
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(new Block.Links("Each run on a page of its own:", links));
  }

  /** A relative path as an address; what stands for something else in one is written out. */
  private static String address(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(
        name ->
            names.add(
                URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%3D", "=")
                    .replace("%2B", "+")));
    return String.join("/", names);
  }
}
