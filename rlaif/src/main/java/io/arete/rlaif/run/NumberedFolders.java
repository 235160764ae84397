package io.arete.rlaif.run;

import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Folders {@code PREFIX-NUMBER} of a stage, one of which a checkpoint names: whatever a kill left
 * beside it is deleted.
 *
 * @param folder of the stage
 * @param prefix of the names, such as {@code best}
 */
public record NumberedFolders(Path folder, String prefix) {

  /** The folder of that number. */
  public Path of(long number) {
    return folder.resolve(prefix + "-" + number);
  }

  /** Deletes all but that one. */
  public void keepOnly(OptionalLong number) {
    Pattern name = Pattern.compile(Pattern.quote(prefix) + "-[0-9]{1,18}");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, prefix + "-*")) {
      for (Path path : found) {
        boolean kept = number.isPresent() && path.equals(of(number.getAsLong()));
        if (!kept && name.matcher(String.valueOf(path.getFileName())).matches()) {
          Disk.deleteTree(path);
        }
      }
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
  }

  /**
   * Gives the folder its final name, {@code PREFIX}, in the place of what has it. Without effect if
   * that was done before.
   */
  public void settle(long number) {
    Path from = of(number);
    if (!Files.isDirectory(from)) {
      return;
    }
    Path to = folder.resolve(prefix);
    try {
      Disk.deleteTree(to);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      Disk.forceFolder(folder);
    } catch (IOException e) {
      throw IoFailure.writing(to, e);
    }
  }

  /**
   * Puts the folder's files into the stage's own folder, and deletes it. Without effect if that was
   * done before.
   */
  public void spread(long number) {
    Path from = of(number);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Path aside = folder.resolve("." + file.getFileName() + ".partial");
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
            aside,
            folder.resolve(String.valueOf(file.getFileName())),
            StandardCopyOption.ATOMIC_MOVE);
      }
      Disk.forceTree(folder);
      Disk.deleteTree(from);
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
  }
}
