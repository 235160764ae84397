package io.arete.rlaif.run;

import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Puts the files of a stage that is done into another run: as hard links, and as copies only where
 * the file system has none. Files of a stage that is done are never changed, only replaced or
 * deleted as a whole, so neither run notices what becomes of the other.
 */
final class StageSharing {

  private static final int SPLITS_LIMIT_BYTES = 1 << 26;

  private StageSharing() {}

  /**
   * Returns when the files are there, and what is told beside them: splits, time, memory,
   * experiments. The stage's folder appears whole, by rename.
   */
  static void take(Stage stage, Path donor, RunFolder folder) {
    Path from = donor.resolve(stage.folderName());
    Path target = folder.stage(stage);
    Path made = folder.root().resolve("." + stage.folderName() + ".taken");
    try {
      Disk.deleteTree(made);
      if (Files.isDirectory(from)) {
        tree(from, made, StageSharing::link);
        Disk.forceTree(made);
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        Disk.forceFolder(folder.root());
      }
      if (stage.compareTo(Stage.PPO) >= 0 && Files.isDirectory(donor.resolve("checks"))) {
        // Each says what it was made from, so that none counts for another run by mistake. Copies,
        // for these files may grow later.
        tree(donor.resolve("checks"), folder.root().resolve("checks"), StageSharing::copy);
      }
    } catch (IOException e) {
      throw IoFailure.writing(target, e);
    }
    Path splits = donor.resolve(RunFolder.SPLITS);
    if (stage == Stage.SFT && Files.exists(splits)) {
      AtomicFile.writeText(folder.splits(), BoundedText.read(splits, SPLITS_LIMIT_BYTES));
    }
    number(donor.resolve("times.json"), folder.times(), stage);
    number(donor.resolve("memory.json"), folder.memory(), stage);
  }

  /** The path from one run to another, the same wherever both are moved together. */
  static String from(Path run, Path donor) {
    Path path = run.toAbsolutePath().normalize().relativize(donor.toAbsolutePath().normalize());
    return path.toString().replace('\\', '/');
  }

  private static void number(Path from, Path to, Stage stage) {
    Double number = StageNumbers.read(from).get(stage);
    if (number != null) {
      StageNumbers.merge(to, stage, number, (before, taken) -> taken);
    }
  }

  /** Puts a file into another place. */
  private interface Put {
    void put(Path file, Path name) throws IOException;
  }

  private static void tree(Path from, Path to, Put put) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            put.put(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      copy(file, name);
    }
  }

  private static void copy(Path file, Path name) throws IOException {
    Path partial = name.resolveSibling("." + name.getFileName() + ".taken");
    Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
    Files.move(partial, name, StandardCopyOption.ATOMIC_MOVE);
  }
}
