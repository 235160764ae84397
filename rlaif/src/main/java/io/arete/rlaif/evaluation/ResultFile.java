package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesChunks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One system's results, a line a prompt. */
public final class ResultFile {

  private final JsonLinesChunks lines;

  /**
   * A file, there or not.
   *
   * @param linesPerChunk prompts that are made together
   */
  public ResultFile(Path file, int linesPerChunk) {
    lines = new JsonLinesChunks(file, linesPerChunk);
  }

  /** How many prompts are done: whole chunks, or all of them. */
  public int done(int all) {
    return lines.done(all);
  }

  /** Appends a chunk after the prompts that are done, and returns when the disk holds it. */
  public void append(int done, List<ObjectNode> rows) {
    lines.append(done, rows);
  }

  /** All results. */
  public List<PromptResult> read() {
    return JsonLines.readAppended(
        lines.file(), (line, row) -> Optional.of(PromptResult.ofJson(row)));
  }
}
