package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that the stage appends to. */
final class FeedbackLog implements AutoCloseable {

  private final RunFolder folder;
  private final ChunkLog chunks;

  private FeedbackLog(RunFolder folder, ChunkLog chunks) {
    this.folder = folder;
    this.chunks = chunks;
  }

  /** Opens the files where the last whole chunk left them; empty if there is none. */
  static FeedbackLog open(RunFolder folder) {
    return new FeedbackLog(folder, ChunkLog.open(folder.stage(Stage.FEEDBACK), files(folder)));
  }

  /** Judgements of pairs of which a yardstick knows which is better. */
  static Path calibration(RunFolder folder) {
    return folder.stage(Stage.FEEDBACK).resolve("calibration.jsonl");
  }

  /** Conversations that were sampled to compare the labeler with the truth. */
  static Path calibrationConversations(RunFolder folder) {
    return folder.stage(Stage.FEEDBACK).resolve("calibration-conversations.jsonl");
  }

  /** Which chunks are done. */
  ChunkLog chunks() {
    return chunks;
  }

  /** What the labeler did, in this process and in earlier ones. */
  LabelerWork work() {
    return chunks.work();
  }

  void append(Conversation conversation) {
    append(folder.conversations(), conversation.toJson());
  }

  void append(PreferencePair pair) {
    append(folder.preferences(pair.facet()), pair.toJson());
  }

  void append(Path file, ObjectNode row) {
    chunks.append(file, row);
  }

  @Override
  public void close() {
    chunks.close();
  }

  private static List<Path> files(RunFolder folder) {
    List<Path> files = new ArrayList<>();
    files.add(folder.conversations());
    for (Facet facet : Facet.values()) {
      files.add(folder.preferences(facet));
    }
    files.add(folder.judgements());
    files.add(calibration(folder));
    files.add(calibrationConversations(folder));
    return files;
  }
}
