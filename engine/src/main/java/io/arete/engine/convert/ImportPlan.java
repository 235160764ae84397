package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tensor of a GGUF file becomes which tensor of a model folder.
 *
 * @param planned one entry a tensor of the output
 */
record ImportPlan(List<Planned> planned) {

  /**
   * A tensor to be written.
   *
   * @param row its names, shape and order
   * @param source the tensor of the GGUF file, of the right shape
   */
  record Planned(TensorRow row, GgufTensor source) {

    /** Bytes of the tensor in bfloat16. */
    long bytes() {
      return source.elements() * Short.BYTES;
    }
  }

  ImportPlan {
    planned = List.copyOf(planned);
  }

  /**
   * Plans the import of every tensor.
   *
   * @throws AreteException if one is missing, unknown or of another shape than {@code shape} says
   */
  static ImportPlan of(Path path, GgufFile file, DecoderShape shape) {
    List<Planned> planned = new ArrayList<>();
    Set<String> used = new HashSet<>();
    TensorRow.forEach(
        shape,
        row -> {
          planned.add(new Planned(row, source(path, file, row)));
          used.add(row.gguf());
        });
    // The shape's rotary scaling was read from it.
    used.add(RopeFactors.TENSOR);
    for (String name : file.tensors().keySet()) {
      if (!used.contains(name)) {
        throw new AreteException(
            "%s has the tensor %s, which is not understood; importing without it would change the model"
                .formatted(path, Quoted.of(name)));
      }
    }
    return new ImportPlan(planned);
  }

  private static GgufTensor source(Path path, GgufFile file, TensorRow row) {
    GgufTensor source = file.tensors().get(row.gguf());
    if (source == null) {
      throw new AreteException(
          "%s lacks the tensor %s, which its settings need".formatted(path, row.gguf()));
    }
    if (!source.shape().equals(row.shape())) {
      throw new AreteException(
          "%s has the tensor %s of shape %s, but its settings need %s"
              .formatted(path, row.gguf(), source.shape(), row.shape()));
    }
    if (row.shape().size() == 1 && source.type().blockElements() > 1) {
      throw new AreteException(
          "%s stores the tensor %s as %s, but norms and biases must be F32, F16 or BF16"
              .formatted(path, row.gguf(), source.type()));
    }
    return source;
  }
}
