package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs without a mistake, seed after seed: a gate that stops one of them would stop good work. With
 * {@code -Darete.healthy.folder} runs stay there, and a later start goes on with them.
 */
@Tag("full")
class HealthyRunsTest {

  private static final int RUNS = Integer.getInteger("arete.healthy.runs", 10);

  @TempDir private static Path temporary;

  @BeforeAll
  static void home() {
    System.setProperty(QuickstartCommand.HOME_PROPERTY, "..");
  }

  @Test
  void noGateStopsARunWithoutAMistake() throws IOException {
    String folder = System.getProperty("arete.healthy.folder", "");
    Path root = folder.isEmpty() ? temporary : Path.of(folder);
    List<String> stopped = new ArrayList<>();
    for (int seed = 1; seed <= RUNS; seed++) {
      MistakeRow row = new StudyMistakes(root).healthy(seed);
      System.out.println("seed " + seed + " warns: " + String.join("; ", row.warnings()));
      if (row.stopped()) {
        stopped.add("seed " + seed + ": " + row.line());
      }
    }
    assertThat(stopped).isEmpty();
  }
}
