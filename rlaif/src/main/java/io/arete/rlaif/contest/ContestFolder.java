package io.arete.rlaif.contest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

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
   * @throws AreteException if it was begun with other settings or is in use
   */
  static ContestFolder open(Path root, ObjectNode settings) {
    ContestFolder opened = new ContestFolder(RunFolder.open(root));
    try {
      opened.claim(settings);
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

  private void claim(ObjectNode settings) {
    Path file = folder.root().resolve("contest.json");
    JsonNode before = JsonFile.readIfThere(file);
    if (before.isMissingNode()) {
      AtomicFile.writeText(file, JsonFile.text(settings));
      return;
    }
    Set<String> differ = new TreeSet<>();
    before.fieldNames().forEachRemaining(differ::add);
    settings.fieldNames().forEachRemaining(differ::add);
    // As texts: a number that was read may be of another width.
    differ.removeIf(name -> before.path(name).toString().equals(settings.path(name).toString()));
    if (!differ.isEmpty()) {
      throw new AreteException(
          folder.root()
              + " was begun with other settings ("
              + String.join(", ", differ)
              + "); name another --out, or delete that folder to begin anew.");
    }
  }
}
