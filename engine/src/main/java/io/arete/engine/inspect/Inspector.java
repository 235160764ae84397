package io.arete.engine.inspect;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.inspect.Inspection.Kind;
import io.arete.engine.inspect.Inspection.TensorFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out what a path is, and describes it. */
public final class Inspector {

  private static final String CONFIG = "config.json";
  private static final String GGUF_MAGIC = "GGUF";

  /** In both forms the weights of blocks, and no others, have a number in their names. */
  private static final Pattern BLOCK_NUMBER = Pattern.compile("\\.\\d++\\.");

  private Inspector() {}

  /**
   * Describes a model folder, an adapter folder, a safetensors file or a GGUF file.
   *
   * @throws AreteException if it is none of them, or broken
   */
  public static Inspection inspect(Path path) {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new AreteException(path + " does not exist; check the path");
    }
    if (stands(path, 0, GGUF_MAGIC)) {
      return GgufInspector.inspect(path);
    }
    // What is called so is looked at even if it is broken: that it is cut, say, is worth knowing.
    if (path.toString().endsWith(".safetensors") || stands(path, Long.BYTES, "{")) {
      return safetensors(path);
    }
    throw new AreteException(
        path
            + " is no model; inspect takes a model folder, an adapter folder, a safetensors file or"
            + " a GGUF file");
  }

  private static Inspection folder(Path folder) {
    if (AdapterFiles.isAdapter(folder)) {
      return FolderInspector.adapter(folder);
    }
    if (Files.exists(folder.resolve(CONFIG))) {
      return FolderInspector.model(folder);
    }
    if (RunInstead.isRun(folder)) {
      List<Path> models = RunInstead.models(folder);
      throw new AreteException(
          "%s is the folder of a run; use `arete summary %s`".formatted(folder, folder)
              + (models.isEmpty() ? "" : ", or inspect a model in it, such as " + models.get(0)));
    }
    throw new AreteException(
        "the folder %s has neither config.json nor adapter_config.json; name a model or an adapter"
            .formatted(folder));
  }

  private static Inspection safetensors(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      return new Inspection(
          Kind.SAFETENSORS,
          1,
          size(path),
          facts(file.entries().values()),
          settings(file.metadata()),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Who writes a file may have put anything there. */
  private static Map<String, String> settings(Map<String, String> metadata) {
    Map<String, String> settings = new LinkedHashMap<>();
    metadata.forEach((key, value) -> settings.put(Quoted.plain(key), Quoted.plain(value)));
    return settings;
  }

  static List<TensorFact> facts(Collection<TensorEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new TensorFact(
                    entry.name(),
                    entry.dtype().name(),
                    entry.shape(),
                    entry.elements(),
                    entry.bytes()))
        .toList();
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The elements of all tensors in the linear layers of blocks, and of all others. */
  static Map.Entry<Long, Long> linearAndOther(List<TensorFact> tensors) {
    long linear = 0;
    long all = 0;
    for (TensorFact tensor : tensors) {
      all += tensor.elements();
      if (tensor.shape().size() == 2
          && tensor.name().endsWith(".weight")
          && BLOCK_NUMBER.matcher(tensor.name()).find()) {
        linear += tensor.elements();
      }
    }
    return Map.entry(linear, all - linear);
  }

  /** Whether those characters stand at that place of a file; safetensors has a length first. */
  private static boolean stands(Path path, long place, String magic) {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer start = ByteBuffer.allocate(magic.length());
      channel.position(place).read(start);
      return new String(start.array(), StandardCharsets.US_ASCII).equals(magic);
    } catch (IOException e) {
      throw new AreteException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
