package io.arete.engine.adapter;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adapter folders as PEFT reads and writes them: CAUSAL_LM, or SEQ_CLS with its score head. */
public final class AdapterFiles {

  private static final String FILE = "adapter_model.safetensors";
  private static final String PREFIX = "base_model.model.";

  private AdapterFiles() {}

  /** Whether a folder holds an adapter. */
  public static boolean isAdapter(Path folder) {
    return Files.isRegularFile(folder.resolve(AdapterConfigJson.FILE));
  }

  /** What the adapter says its base is, or null. */
  public static @Nullable String base(Path folder) {
    return AdapterConfigJson.read(folder).base();
  }

  /**
   * Reads an adapter for a model. The caller closes it.
   *
   * @throws AreteException if it is incomplete, does not fit the model, or needs what this engine
   *     does not compute
   */
  public static Adapter read(Path folder, ModelConfig model, Device device) {
    LoraConfig config = AdapterConfigJson.read(folder).lora(model.family());
    Path file = folder.resolve(FILE);
    try (SafetensorsFile tensors = SafetensorsFile.open(file);
        Scope scope = Scope.open()) {
      boolean withHead = tensors.entries().containsKey(PREFIX + Adapter.HEAD);
      requireOneClass(file, tensors.entries().get(PREFIX + Adapter.HEAD));
      // Before any memory is taken: a small file may claim a huge rank.
      Map<String, long[]> shapes = Adapter.shapes(config, model, withHead ? 1 : 0);
      shapes.forEach((name, shape) -> requireTensor(file, tensors, PREFIX + name, shape));
      requireNothingElse(file, tensors, shapes.keySet());
      Adapter adapter = Adapter.zeros(config, model, withHead ? 1 : 0, device);
      try {
        for (String name : adapter.parameters().names()) {
          Tensor target = adapter.parameters().get(name);
          TensorEntry entry = requireTensor(file, tensors, PREFIX + name, target.shape());
          Tensor value = load(file, tensors, entry);
          target.copyInPlace(
              ofFusedRows(model, name)
                  ? model.family().fusedRows().fromFile(value, model.shape())
                  : value);
        }
      } catch (RuntimeException e) {
        adapter.close();
        throw e;
      }
      return adapter;
    }
  }

  /**
   * Writes an adapter folder.
   *
   * @param base what base_model_name_or_path shall say
   */
  public static void write(Path folder, Adapter adapter, String base) {
    try (Scope scope = Scope.open()) {
      boolean withHead = adapter.head().isPresent();
      ModelConfig model = adapter.model();
      List<NamedTensor> tensors = new ArrayList<>();
      for (String name : adapter.parameters().names()) {
        Tensor value = adapter.parameters().get(name).detach();
        if (ofFusedRows(model, name)) {
          value = model.family().fusedRows().toFile(value, model.shape());
        }
        List<Long> shape = Arrays.stream(value.shape()).boxed().toList();
        tensors.add(NamedTensor.of(PREFIX + name, StoredDtype.F32, shape, value.memory()));
      }
      Files.createDirectories(folder);
      SafetensorsWriter.write(folder.resolve(FILE), Map.of("format", "pt"), tensors);
      byte[] json = AdapterConfigJson.write(adapter.config(), model.family(), withHead, base);
      AtomicFile.write(
          folder.resolve(AdapterConfigJson.FILE),
          json.length,
          sink -> sink.write(ByteBuffer.wrap(json)));
    } catch (IOException e) {
      throw FullDisk.writing(folder, e);
    }
  }

  /** Whether a parameter's rows are the outputs of a layer that gives queries, keys and values. */
  private static boolean ofFusedRows(ModelConfig model, String name) {
    return model.family().projections().contains(Projection.QKV)
        && name.endsWith(model.family().module(Projection.QKV) + ".lora_B.weight");
  }

  private static TensorEntry requireTensor(
      Path file, SafetensorsFile tensors, String name, long[] shape) {
    TensorEntry entry = tensors.entries().get(name);
    if (entry == null) {
      throw new AreteException(
          file + " lacks the tensor " + name + "; the adapter is incomplete or of another model");
    }
    long[] found = entry.shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(found, shape)) {
      throw new AreteException(
          file
              + ": tensor "
              + name
              + " has shape "
              + Arrays.toString(found)
              + ", but the model and the adapter's settings ask for "
              + Arrays.toString(shape));
    }
    return entry;
  }

  private static Tensor load(Path file, SafetensorsFile tensors, TensorEntry entry) {
    Dtype dtype =
        switch (entry.dtype()) {
          case F32 -> Dtype.FLOAT32;
          case BF16 -> Dtype.BFLOAT16;
          case F16 -> Dtype.FLOAT16;
          default ->
              throw new AreteException(
                  file
                      + ": tensor "
                      + entry.name()
                      + " is stored as "
                      + entry.dtype()
                      + ", but adapters must be F32, F16 or BF16");
        };
    long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
    Tensor value = Tensors.filled(Device.CPU, dtype, memory -> tensors.read(entry, memory), shape);
    if (!value.allFinite()) {
      throw new AreteException(
          file
              + ": tensor "
              + entry.name()
              + " holds NaN or infinite numbers; the file is damaged, fetch or train it again");
    }
    return value;
  }

  /** A two-class head has no one score: reading either class would rank texts wrongly. */
  private static void requireOneClass(Path file, @Nullable TensorEntry head) {
    if (head != null && head.shape().size() == 2 && head.shape().get(0) != 1) {
      throw new AreteException(
          file
              + " has a score head of "
              + head.shape().get(0)
              + " classes, but a reward model has one; train it with num_labels 1");
    }
  }

  private static void requireNothingElse(Path file, SafetensorsFile tensors, Set<String> expected) {
    for (String name : tensors.entries().keySet()) {
      if (!name.startsWith(PREFIX) || !expected.contains(name.substring(PREFIX.length()))) {
        throw new AreteException(
            file
                + " has the tensor "
                + Quoted.of(name)
                + ", which the adapter's settings do not explain; write the adapter again");
      }
    }
  }
}
