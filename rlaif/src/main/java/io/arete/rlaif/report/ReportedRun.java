package io.arete.rlaif.report;

import java.nio.file.Path;

/**
 * One of several runs on a page.
 *
 * @param name what the page calls it, unlike all others
 * @param group runs of one group have one color: the cell of a grid, or the run itself
 * @param folder of the run
 */
public record ReportedRun(String name, String group, Path folder) {

  /** What it has left. */
  RunFiles files() {
    return new RunFiles(folder);
  }
}
