package io.arete.engine.convert;

import io.arete.engine.FullDisk;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.Nf4Writer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Makes a folder with NF4 weights of a model folder, for Arete and for bitsandbytes. */
public final class Quantisation {

  /** How files end that hold weights once more. */
  private static final List<String> WEIGHTS =
      List.of(
          ".safetensors",
          ".safetensors.index.json",
          ".bin",
          ".bin.index.json",
          ".pt",
          ".pth",
          ".ckpt",
          ".gguf",
          ".h5",
          ".msgpack",
          ".onnx");

  private Quantisation() {}

  /**
   * Writes the new folder {@code out}, whole or not at all: config.json, model.safetensors, and all
   * other files of the model but those that hold weights or are hidden.
   *
   * @param out absent or empty; its parents are created
   * @param form {@link BaseForm#NF4} or {@link BaseForm#NF4_SINGLE}
   * @throws io.arete.engine.AreteException if the model is not complete or quantised already, the
   *     folder is not empty, or the disk is full; {@code out} is then as before
   */
  public static void run(Path model, Path out, BaseForm form, Nf4Writer.Progress progress) {
    NewFolder.create(
        out,
        folder -> {
          Nf4Writer.write(model, folder, form, progress);
          copyFiles(model, folder);
        });
  }

  private static void copyFiles(Path model, Path folder) {
    try {
      Files.walkFileTree(
          model,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes facts) {
              return !found.equals(model) && hidden(found)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path found, BasicFileAttributes facts)
                throws IOException {
              // A folder of the hub's cache holds links to files.
              if (Files.isRegularFile(found) && !hidden(found) && !holdsWeights(found)) {
                Path copy = folder.resolve(model.relativize(found).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(found, copy);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw FullDisk.writing(folder, e);
    }
  }

  private static boolean hidden(Path file) {
    return name(file).startsWith(".");
  }

  private static boolean holdsWeights(Path file) {
    return name(file).equals("config.json") || WEIGHTS.stream().anyMatch(name(file)::endsWith);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
