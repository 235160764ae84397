package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the page of a study of attacks: verdict, systems, judges, what was fixed before. Of
 * requests, attacks and replies it holds no word.
 */
public final class StudyReport {

  private static final String SUMMARY = "summary.json";
  private static final String DESIGN = "design.json";

  private StudyReport() {}

  /** Whether the folder holds a study, begun or ended. */
  public static boolean isStudy(Path folder) {
    return Files.exists(folder.resolve(DESIGN));
  }

  /**
   * Writes the page of a study.
   *
   * @throws AreteException if the study has not ended, or a file of it is damaged
   */
  public static void write(Path study, Path out) {
    RunFiles files = new RunFiles(study);
    JsonNode summary = files.json(SUMMARY);
    if (!summary.has("systems")) {
      throw new AreteException(
          "The study in " + study + " has not ended; give its arete attack again to go on.");
    }
    JsonNode design = files.json(DESIGN);
    AtomicFile.writeText(
        out,
        Page.html(
            "Arete: " + files.name(),
            List.of(
                StudyVerdictChapter.of(summary),
                StudySystemsChapter.of(summary),
                StudyJudgesChapter.of(summary),
                StudyDesignChapter.of(design))));
  }
}
