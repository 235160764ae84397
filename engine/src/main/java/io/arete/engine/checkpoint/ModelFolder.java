package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face model folder, in one {@code model.safetensors} or in the shards of
 * {@code model.safetensors.index.json}; where both exist the single file is read, as elsewhere.
 */
public final class ModelFolder implements AutoCloseable {

  /** The single file's name. */
  public static final String SINGLE_FILE = "model.safetensors";

  /** The index's name in a folder with shards. */
  public static final String INDEX_FILE = "model.safetensors.index.json";

  private final Path folder;
  private final Map<String, SafetensorsFile> files;
  private final SortedMap<String, String> fileByTensor;

  private ModelFolder(
      Path folder, Map<String, SafetensorsFile> files, SortedMap<String, String> fileByTensor) {
    this.folder = folder;
    this.files = files;
    this.fileByTensor = fileByTensor;
  }

  /**
   * Opens the folder's weights; the caller closes them.
   *
   * @throws AreteException if the folder or a file is missing or broken, or the index contradicts
   *     the shards
   */
  public static ModelFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new AreteException(
          Files.exists(folder)
              ? folder + " is a file, but a model is a folder with " + SINGLE_FILE
              : "the model folder " + folder + " does not exist; check the path");
    }
    if (Files.exists(folder.resolve(SINGLE_FILE))) {
      SafetensorsFile file = SafetensorsFile.open(folder.resolve(SINGLE_FILE));
      SortedMap<String, String> fileByTensor = new TreeMap<>();
      file.entries().keySet().forEach(name -> fileByTensor.put(name, SINGLE_FILE));
      return new ModelFolder(folder, Map.of(SINGLE_FILE, file), fileByTensor);
    }
    if (Files.exists(folder.resolve(INDEX_FILE))) {
      return openShards(folder, ShardIndex.read(folder.resolve(INDEX_FILE)));
    }
    throw new AreteException(whatIsThereInstead(folder));
  }

  /** The folder that was opened. */
  public Path path() {
    return folder;
  }

  /** The names of all tensors, ordered. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(fileByTensor.keySet()));
  }

  /** The tensor of that name, if there is one. */
  public Optional<TensorEntry> entry(String name) {
    String file = fileByTensor.get(name);
    return file == null ? Optional.empty() : Optional.ofNullable(opened(file).entries().get(name));
  }

  /**
   * The tensor of that name.
   *
   * @throws AreteException if the folder has none
   */
  public TensorEntry required(String name) {
    return entry(name)
        .orElseThrow(
            () ->
                new AreteException(
                    "the model folder %s has no tensor %s among its %d; is it another kind of model than its config.json says?"
                        .formatted(folder, Quoted.of(name), fileByTensor.size())));
  }

  /**
   * The bytes of the tensor of that name, as {@link SafetensorsFile#map} gives them.
   *
   * @throws AreteException if the folder has no such tensor
   */
  public List<ByteBuffer> map(String name) {
    TensorEntry entry = required(name);
    return opened(fileByTensor.getOrDefault(name, SINGLE_FILE)).map(entry);
  }

  /**
   * Reads the bytes of the tensor of that name, as {@link SafetensorsFile#read} does.
   *
   * @throws AreteException if the folder has no such tensor
   */
  public void read(String name, List<ByteBuffer> memory) {
    TensorEntry entry = required(name);
    opened(fileByTensor.getOrDefault(name, SINGLE_FILE)).read(entry, memory);
  }

  /** Closes all files; what is mapped stays readable. */
  @Override
  public void close() {
    files.values().forEach(SafetensorsFile::close);
  }

  private SafetensorsFile opened(String file) {
    SafetensorsFile opened = files.get(file);
    if (opened == null) {
      throw new IllegalStateException(file + " was not opened");
    }
    return opened;
  }

  private static ModelFolder openShards(Path folder, ShardIndex index) {
    Map<String, SafetensorsFile> files = new LinkedHashMap<>();
    ModelFolder model = new ModelFolder(folder, files, index.fileByTensor());
    try {
      index
          .fileByTensor()
          .forEach(
              (tensor, file) -> {
                SafetensorsFile shard =
                    files.computeIfAbsent(file, name -> openShard(folder, name));
                if (!shard.entries().containsKey(tensor)) {
                  throw new AreteException(
                      "%s has no tensor %s, though %s places it there; fetch both again"
                          .formatted(folder.resolve(file), Quoted.of(tensor), INDEX_FILE));
                }
              });
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  private static SafetensorsFile openShard(Path folder, String name) {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      throw new AreteException(
          "the model folder %s lacks the file %s, which %s names; fetch it"
              .formatted(folder, name, INDEX_FILE));
    }
    return SafetensorsFile.open(path);
  }

  private static String whatIsThereInstead(Path folder) {
    if (Files.exists(folder.resolve("pytorch_model.bin"))
        || Files.exists(folder.resolve("pytorch_model.bin.index.json"))) {
      return "the model folder %s holds pytorch_model.bin only, which can run foreign code when read; Arete needs %s: fetch or convert it"
          .formatted(folder, SINGLE_FILE);
    }
    if (Files.exists(folder.resolve("adapter_model.safetensors"))) {
      return "%s holds an adapter, not a whole model; name the folder of its base model here and give this one as the adapter"
          .formatted(folder);
    }
    if (holdsGguf(folder)) {
      return "the model folder %s holds GGUF only; run `arete import FILE.gguf OUT` and use OUT"
          .formatted(folder);
    }
    return RunInstead.sentence(folder)
        .orElse(
            "the model folder %s has neither %s nor %s; is it the right folder, and was it fetched whole?"
                .formatted(folder, SINGLE_FILE, INDEX_FILE));
  }

  private static boolean holdsGguf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".gguf"));
    } catch (IOException e) {
      throw new AreteException(
          "the model folder %s cannot be listed: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
