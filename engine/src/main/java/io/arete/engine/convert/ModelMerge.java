package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.MergedWeights;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.model.ModelWriter;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a model folder of a base and an adapter: one model that needs neither. An adapter with a
 * score head makes a reward model, a {@code …ForSequenceClassification} of transformers.
 */
public final class ModelMerge {

  private static final int DONE = 0;
  private static final int ALL = 1;

  private ModelMerge() {}

  /**
   * Writes config.json, model.safetensors, and all other files of the base but those that hold
   * weights or are hidden. The products are added in float32 and the sums rounded once. One weight
   * at a time is in memory, beside the adapter.
   *
   * @param base a model folder, dense or in NF4, which is expanded
   * @param adapter an adapter folder in PEFT form
   * @param target an existing, empty folder
   * @param asked element type of all weights; where none is asked for, bfloat16 for a base in
   *     bfloat16 or NF4, else float32
   * @return the element type that was taken
   * @throws AreteException if the two do not fit together or either is broken, or the disk is full
   */
  public static MergedDtype write(
      Path base,
      Path adapter,
      Path target,
      Optional<MergedDtype> asked,
      ConversionProgress progress) {
    try (MergedWeights weights = MergedWeights.open(base, adapter)) {
      MergedDtype dtype =
          asked.orElse(weights.narrow() ? MergedDtype.BFLOAT16 : MergedDtype.FLOAT32);
      OtherFiles.copy(base, target);
      ModelWriter.write(
          target,
          tensors(weights, dtype, progress),
          DerivedConfig.of(base, weights.config(), target, dtype, weights.scores()));
      return dtype;
    }
  }

  private static List<NamedTensor> tensors(
      MergedWeights weights, MergedDtype dtype, ConversionProgress progress) {
    List<NamedTensor> tensors = new ArrayList<>();
    long[] bytes = new long[2];
    weights
        .shapes()
        .forEach(
            (name, shape) -> {
              long own =
                  Arrays.stream(shape)
                      .reduce(dtype.stored().bytesPerElement(), Math::multiplyExact);
              bytes[ALL] += own;
              tensors.add(
                  new NamedTensor(
                      name,
                      dtype.stored(),
                      Arrays.stream(shape).boxed().toList(),
                      sink -> {
                        write(weights, name, dtype, sink);
                        bytes[DONE] += own;
                        progress.tensorWritten(name, bytes[DONE], bytes[ALL]);
                      }));
            });
    return tensors;
  }

  private static void write(
      MergedWeights weights, String name, MergedDtype dtype, AtomicFile.ByteSink sink)
      throws IOException {
    try (Scope scope = Scope.open()) {
      Tensor rounded = weights.tensor(name).to(dtype.dtype());
      if (!rounded.allFinite()) {
        throw new AreteException(
            "the tensor %s, merged, holds numbers that %s cannot; is the adapter this base's, and did its training end well?"
                .formatted(name, dtype.shortName()));
      }
      for (ByteBuffer chunk : rounded.memory()) {
        sink.write(chunk);
      }
    }
  }
}
