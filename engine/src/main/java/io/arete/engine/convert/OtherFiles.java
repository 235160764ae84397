package io.arete.engine.convert;

import io.arete.engine.FullDisk;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** What belongs to a model beside its weights: tokenizer, chat template, generation settings. */
final class OtherFiles {

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

  private OtherFiles() {}

  /** Copies all files of a model but those that hold weights or are hidden, and config.json. */
  static void copy(Path model, Path folder) {
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
