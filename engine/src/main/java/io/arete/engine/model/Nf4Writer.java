package io.arete.engine.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.quant.DynamicMap;
import io.arete.engine.quant.Nf4Blocks;
import io.arete.engine.quant.Nf4Code;
import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.quant.QuantState;
import io.arete.engine.quant.Scales;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model with its blocks' linear layers in NF4, as bitsandbytes stores them: {@code
 * config.json} and {@code model.safetensors}. All other tensors stay as they are.
 *
 * <p>One tensor at a time is in memory. A file's header stands before its tensors and says how long
 * each is, and one of them is a text with the scales' mean: nested scales are therefore made once
 * to know it, and again when their turn to be written comes.
 */
public final class Nf4Writer implements AutoCloseable {

  private final DenseTensors dense;
  private final Map<String, long[]> linear;
  private final Progress progress;
  private final List<NamedTensor> tensors = new ArrayList<>();
  private int done;
  private @Nullable String current;
  private @Nullable Nf4Weight quantised;

  private Nf4Writer(DenseTensors dense, Map<String, long[]> linear, Progress progress) {
    this.dense = dense;
    this.linear = linear;
    this.progress = progress;
  }

  /** Told of every tensor that is quantised for its mean, and of every one that is written. */
  @FunctionalInterface
  public interface Progress {

    /** Another tensor is done. */
    void done(int tensors, int ofAll);
  }

  /**
   * Writes both files, each whole or not at all.
   *
   * @param source a model folder with dense weights
   * @param target an existing folder
   * @param form {@link BaseForm#NF4} or {@link BaseForm#NF4_SINGLE}
   * @throws AreteException if the source is no complete model, or quantised already
   */
  public static void write(Path source, Path target, BaseForm form, Progress progress) {
    if (form == BaseForm.DENSE) {
      throw new IllegalArgumentException("a dense model needs no writing: its folder is there");
    }
    ModelConfig config = ModelConfigReader.read(source);
    if (QuantizationConfig.saysNf4(source)) {
      throw new AreteException(source + " is quantised already; use it as it is");
    }
    QuantizationConfig.requireComputed(config, source);
    try (ModelFolder folder = ModelFolder.open(source)) {
      StoredNf4 none = new StoredNf4(folder, false);
      WeightNames names = config.family().names();
      WeightLoader weights =
          new WeightLoader(folder, names.base(), none, form, Dtype.FLOAT32, Device.CPU);
      weights.require(new WeightShapes(config).all(), names::inBlocks);
      Map<String, long[]> linear = new TreeMap<>();
      new WeightShapes(config)
          .linear()
          .forEach((name, shape) -> linear.put(weights.nameInFile(name), shape));
      FolderTensors dense = new FolderTensors(folder, weights);
      write(dense, linear, target.resolve(ModelFolder.SINGLE_FILE), form, progress);
      ObjectNode json = (ObjectNode) ModelConfigReader.json(source);
      String first = linear.keySet().iterator().next();
      QuantizationConfig.write(json, form == BaseForm.NF4, dtype(dense.dtype(first)));
      AtomicFile.write(
          target.resolve("config.json"),
          (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Writes the weights alone.
   *
   * @param linear the tensors to quantise, with their shapes
   */
  static void write(
      DenseTensors dense,
      Map<String, long[]> linear,
      Path target,
      BaseForm form,
      Progress progress) {
    try (Nf4Writer writer = new Nf4Writer(dense, linear, progress)) {
      writer.write(target, form == BaseForm.NF4);
    }
  }

  private void write(Path target, boolean nested) {
    int all = dense.names().size() + (nested ? linear.size() : 0);
    for (String name : dense.names()) {
      long[] shape = linear.get(name);
      if (shape == null) {
        addCopy(name, all);
      } else {
        add(name, shape, nested ? addNested(name, all) : OptionalDouble.empty(), all);
      }
    }
    SafetensorsWriter.write(target, Map.of("format", "pt"), tensors);
  }

  private void addCopy(String name, int all) {
    tensors.add(
        new NamedTensor(
            name,
            dense.dtype(name),
            dense.shape(name),
            sink -> {
              dense.copy(name, sink);
              step(all);
            }));
  }

  private void add(String name, long[] shape, OptionalDouble mean, int all) {
    long values = shape[0] * shape[1];
    String dtype = dtype(dense.dtype(name));
    byte[] state = new QuantState(dtype, shape[0], shape[1], mean).bytes();
    tensors.add(
        NamedTensor.of(
            name + QuantState.STATE,
            StoredDtype.U8,
            List.of((long) state.length),
            List.of(ByteBuffer.wrap(state))));
    tensors.add(floats(name + QuantState.MAP, Nf4Code.values()));
    tensors.add(
        new NamedTensor(
            name + QuantState.SCALES,
            mean.isPresent() ? StoredDtype.U8 : StoredDtype.F32,
            List.of(Nf4Blocks.count(values)),
            sink -> copy(quantised(name).scales().stored(), sink)));
    tensors.add(
        new NamedTensor(
            name,
            StoredDtype.U8,
            List.of(Nf4Blocks.bytes(values), 1L),
            sink -> {
              copy(quantised(name).codes(), sink);
              step(all);
            }));
  }

  /** What belongs to nested scales; returns their mean. */
  private OptionalDouble addNested(String name, int all) {
    if (!(quantised(name).scales() instanceof Scales.Nested scales)) {
      throw new IllegalStateException("scales were to be nested");
    }
    tensors.add(floats(name + QuantState.NESTED_MAXIMA, scales.maxima().toFloats()));
    tensors.add(floats(name + QuantState.NESTED_MAP, DynamicMap.values()));
    step(all);
    return OptionalDouble.of(scales.mean());
  }

  private static NamedTensor floats(String name, float[] values) {
    return NamedTensor.float32(name, List.of((long) values.length), values);
  }

  private static void copy(Tensor tensor, AtomicFile.ByteSink sink) throws IOException {
    try (Scope scope = Scope.open()) {
      for (ByteBuffer chunk : tensor.memory()) {
        sink.write(chunk);
      }
    }
  }

  /** The tensor that was asked for last is kept: its codes and scales are asked for in a row. */
  private Nf4Weight quantised(String name) {
    Nf4Weight kept = quantised;
    if (kept == null || !name.equals(current)) {
      close();
      kept = dense.quantised(name);
      quantised = kept;
      current = name;
    }
    return kept;
  }

  private void step(int all) {
    done++;
    progress.done(done, all);
  }

  private static String dtype(StoredDtype stored) {
    return switch (stored) {
      case BF16 -> "bfloat16";
      case F16 -> "float16";
      default -> "float32";
    };
  }

  @Override
  public void close() {
    if (quantised != null) {
      quantised.close();
      quantised = null;
    }
  }
}
