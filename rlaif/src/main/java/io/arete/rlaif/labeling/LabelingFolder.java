package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.FolderSettings;
import io.arete.rlaif.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where labels and what is known of them are kept. Whoever holds it holds its lock.
 *
 * <pre>
 * NAME/
 *   labeling.json      what the labels are made from and how: settings, digests
 *   pairs.jsonl        preference data, a line a pair
 *   judgements.jsonl   every vote of a labeler, ties included    answers.jsonl   a person's answers
 *   calibration.jsonl  a labeler's votes on people's pairs
 *   report.json        all in numbers; last of all
 * </pre>
 */
final class LabelingFolder implements AutoCloseable {

  private final RunFolder folder;

  private LabelingFolder(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, making it if it is not there.
   *
   * @param settings what decides the labels
   * @throws AreteException if it was begun with other settings, holds something else, or is in use
   */
  static LabelingFolder open(Path root, ObjectNode settings) {
    LabelingFolder opened = new LabelingFolder(RunFolder.openOut(root));
    try {
      opened.claim(settings);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Preference data. */
  Path pairs() {
    return file("pairs.jsonl");
  }

  /** Every vote of a labeler. */
  Path judgements() {
    return file("judgements.jsonl");
  }

  /** A labeler's votes on people's pairs. */
  Path calibration() {
    return file("calibration.jsonl");
  }

  /** A person's answers. */
  Path answers() {
    return file("answers.jsonl");
  }

  /** Where states are saved. */
  Path root() {
    return folder.root();
  }

  /** Writes the report. */
  void report(ObjectNode report) {
    AtomicFile.writeText(file("report.json"), report.toPrettyString() + "\n");
  }

  @Override
  public void close() {
    folder.close();
  }

  private Path file(String name) {
    return folder.root().resolve(name);
  }

  private void claim(ObjectNode settings) {
    Path file = file("labeling.json");
    if (!Files.exists(file) && (Files.exists(pairs()) || Files.exists(file("report.json")))) {
      throw new AreteException(
          folder.root() + " holds files that no labeling made; name another --out.");
    }
    FolderSettings.claim(file, settings, "to label anew");
  }
}
