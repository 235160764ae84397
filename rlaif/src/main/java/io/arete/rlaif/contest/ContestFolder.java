package io.arete.rlaif.contest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.FolderSettings;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Path;

/**
 * Where a contest keeps its files. Whoever holds it holds its lock.
 *
 * <pre>
 * OUT/
 *   contest.json               who, on what, how: written before the first reply
 *   talks/NAME.jsonl           a line a conversation
 *   scores/NAME.jsonl          a line a prompt: its conversations with scores
 *   judge/NAME/                a judge's answers on NAME against the first system
 *   summary.json               the table and the verdicts; last of all
 * </pre>
 */
final class ContestFolder implements AutoCloseable {

  private final RunFolder folder;

  private ContestFolder(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, making it if it is not there.
   *
   * @throws io.arete.engine.AreteException if it was begun with other settings or is in use
   */
  static ContestFolder open(Path root, ObjectNode settings) {
    ContestFolder opened = new ContestFolder(RunFolder.openOut(root));
    try {
      FolderSettings.claim(opened.folder.root().resolve("contest.json"), settings, "to begin anew");
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  Path talks(String system) {
    return folder.root().resolve("talks").resolve(system + ".jsonl");
  }

  Path scores(String system) {
    return folder.root().resolve("scores").resolve(system + ".jsonl");
  }

  Path judge(String system) {
    return folder.root().resolve("judge").resolve(system);
  }

  void summary(ObjectNode summary) {
    AtomicFile.writeText(folder.root().resolve("summary.json"), JsonFile.text(summary));
  }

  @Override
  public void close() {
    folder.close();
  }
}
