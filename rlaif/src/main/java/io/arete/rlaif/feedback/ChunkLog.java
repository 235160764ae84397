package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files that are appended to, chunk after chunk. After each chunk their sizes are saved; what a
 * killed chunk has appended beyond them is cut off by the next {@link #open}.
 */
public final class ChunkLog implements AutoCloseable {

  private static final String STATE = "state.json";

  private final Checkpoints checkpoints;
  private final Map<Path, JsonLinesWriter> writers = new TreeMap<>();
  private long chunksDone;
  private LabelerWork work;

  private ChunkLog(Checkpoints checkpoints, List<Path> files, long chunksDone, ObjectNode state) {
    this.checkpoints = checkpoints;
    this.chunksDone = chunksDone;
    this.work = LabelerWork.read(state);
    for (Path file : files) {
      writers.put(file, JsonLinesWriter.openAt(file, state.path(name(file)).asLong()));
    }
  }

  /**
   * Opens the files where the last whole chunk left them; empty if there is none.
   *
   * @param folder where the sizes are saved
   * @param files all that are appended to, no two of one name
   */
  public static ChunkLog open(Path folder, List<Path> files) {
    Checkpoints checkpoints = Checkpoints.open(folder);
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    if (saved.isPresent()) {
      Path file = saved.get().folder().resolve(STATE);
      state = JsonLines.read(file, 1, (line, row) -> Optional.of(row)).get(0);
    }
    return new ChunkLog(checkpoints, files, saved.map(Checkpoints.Saved::step).orElse(0L), state);
  }

  /** Whole chunks on the disk. */
  public long chunksDone() {
    return chunksDone;
  }

  /** What the labeler did for those chunks, in this process and in earlier ones. */
  public LabelerWork work() {
    return work;
  }

  /** Appends a line to one of the files. */
  public void append(Path file, ObjectNode row) {
    JsonLinesWriter writer = writers.get(file);
    if (writer == null) {
      throw new IllegalArgumentException("This log does not write " + file);
    }
    writer.append(row);
  }

  /**
   * Keeps what was appended: one more chunk is done.
   *
   * @param chunkWork what the labeler did for it
   */
  public void chunkDone(LabelerWork chunkWork) {
    LabelerWork total = work.plus(chunkWork);
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    writers.forEach(
        (file, writer) -> {
          writer.force();
          state.put(name(file), writer.cursor());
        });
    total.write(state);
    checkpoints.save(
        chunksDone + 1, aside -> AtomicFile.writeText(aside.resolve(STATE), state + "\n"));
    chunksDone++;
    work = total;
  }

  @Override
  public void close() {
    writers.values().forEach(JsonLinesWriter::close);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
