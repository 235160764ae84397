package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that the stage appends to, chunk after chunk. After each chunk their sizes are saved;
 * what a killed chunk has appended beyond them is cut off by the next {@link #open}.
 */
final class FeedbackLog implements AutoCloseable {

  private static final String STATE = "state.json";

  private final RunFolder folder;
  private final Checkpoints checkpoints;
  private final Map<Path, JsonLinesWriter> writers = new TreeMap<>();
  private long chunksDone;
  private LabelerWork work;

  private FeedbackLog(
      RunFolder folder, Checkpoints checkpoints, long chunksDone, ObjectNode state) {
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.chunksDone = chunksDone;
    this.work = LabelerWork.read(state);
    for (Path file : files(folder)) {
      writers.put(file, JsonLinesWriter.openAt(file, state.path(name(file)).asLong()));
    }
  }

  /** Opens the files where the last whole chunk left them; empty if there is none. */
  static FeedbackLog open(RunFolder folder) {
    Checkpoints checkpoints = Checkpoints.open(folder.stage(Stage.FEEDBACK));
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    if (saved.isPresent()) {
      Path file = saved.get().folder().resolve(STATE);
      state = JsonLines.read(file, 1, (line, row) -> Optional.of(row)).get(0);
    }
    return new FeedbackLog(
        folder, checkpoints, saved.map(Checkpoints.Saved::step).orElse(0L), state);
  }

  /** Judgements of this run's pairs. */
  static Path judgements(RunFolder folder) {
    return folder.stage(Stage.FEEDBACK).resolve("judgements.jsonl");
  }

  /** Judgements of people's pairs. */
  static Path calibration(RunFolder folder) {
    return folder.stage(Stage.FEEDBACK).resolve("calibration.jsonl");
  }

  /** Whole chunks on the disk. */
  long chunksDone() {
    return chunksDone;
  }

  /** What the labeler did for those chunks, in this process and in earlier ones. */
  LabelerWork work() {
    return work;
  }

  void append(Conversation conversation) {
    append(folder.conversations(), conversation.toJson());
  }

  void append(PreferencePair pair) {
    append(folder.preferences(pair.facet()), pair.toJson());
  }

  void append(Path file, ObjectNode row) {
    JsonLinesWriter writer = writers.get(file);
    if (writer == null) {
      throw new IllegalArgumentException("The stage does not write " + file);
    }
    writer.append(row);
  }

  /**
   * Keeps what was appended: one more chunk is done.
   *
   * @param chunkWork what the labeler did for it
   */
  void chunkDone(LabelerWork chunkWork) {
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

  private static List<Path> files(RunFolder folder) {
    List<Path> files = new ArrayList<>();
    files.add(folder.conversations());
    for (Facet facet : Facet.values()) {
      files.add(folder.preferences(facet));
    }
    files.add(judgements(folder));
    files.add(calibration(folder));
    return files;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
