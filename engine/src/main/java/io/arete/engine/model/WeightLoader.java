package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Brings named tensors of a model folder into the engine, checked in shape and for numbers. A
 * folder that holds the base alone, without a head beside it, lacks the base's name before its
 * tensors' names.
 */
final class WeightLoader implements WeightSource {

  /** What a block keeps beside its weights: masks and frequencies that follow from config.json. */
  private static final Pattern BUFFER =
      Pattern.compile(".*[.](attn|attention)[.](bias|masked_bias)|.*[.]rotary_emb[.]inv_freq");

  private final ModelFolder folder;
  private final String prefix;
  private final boolean bare;
  private final Dtype dtype;
  private final Device device;

  /**
   * Reads from a folder.
   *
   * @param base the base's name, such as {@code model}
   */
  WeightLoader(ModelFolder folder, String base, Dtype dtype, Device device) {
    this.folder = folder;
    this.prefix = base + ".";
    this.bare = folder.names().stream().noneMatch(name -> name.startsWith(prefix));
    this.dtype = dtype;
    this.device = device;
  }

  @Override
  public Dtype dtype() {
    return dtype;
  }

  @Override
  public Device device() {
    return device;
  }

  /**
   * Fails unless the folder holds these tensors, and in its blocks no others: what config.json does
   * not explain would be left out of the computation.
   *
   * @param blocks the beginning of the names of all that belongs to blocks
   */
  void require(Map<String, long[]> shapes, String blocks) {
    shapes.forEach((name, shape) -> require(new Stored(name, shape)));
    for (String stored : folder.names()) {
      String name = bare ? prefix + stored : stored;
      if (name.startsWith(blocks) && !shapes.containsKey(name) && !BUFFER.matcher(name).matches()) {
        throw new AreteException(
            folder.path()
                + " holds the tensor "
                + stored
                + ", which its config.json does not explain; take both from the same model");
      }
    }
  }

  private String nameInFile(String name) {
    return bare && name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** The folder's entry of a tensor, which must have that shape and be stored as floats. */
  private TensorEntry require(Stored stored) {
    String name = nameInFile(stored.name());
    long[] shape = stored.shape();
    TensorEntry entry = folder.required(name);
    long[] found = entry.shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(found, shape)) {
      throw new AreteException(
          folder.path()
              + ": tensor "
              + name
              + " has shape "
              + Arrays.toString(found)
              + ", but config.json asks for "
              + Arrays.toString(shape)
              + "; take both from the same model");
    }
    dtype(name, entry.dtype());
    return entry;
  }

  @Override
  public Tensor fused(List<Stored> parts) {
    return Tensor.cat(parts.stream().map(this::load).toList(), 0);
  }

  /** One tensor in the base's element type, owned by the innermost scope. */
  @Override
  public Tensor load(Stored stored) {
    TensorEntry entry = require(stored);
    String name = entry.name();
    Tensor tensor =
        Tensors.copyOf(device, dtype(name, entry.dtype()), folder.map(name), stored.shape())
            .to(dtype);
    if (!tensor.allFinite()) {
      throw new AreteException(
          folder.path()
              + ": tensor "
              + name
              + " holds NaN or infinite numbers; the file is damaged, fetch it again");
    }
    return tensor;
  }

  private Dtype dtype(String name, StoredDtype stored) {
    return switch (stored) {
      case F64 -> Dtype.FLOAT64;
      case F32 -> Dtype.FLOAT32;
      case BF16 -> Dtype.BFLOAT16;
      case F16 -> Dtype.FLOAT16;
      default ->
          throw new AreteException(
              folder.path()
                  + ": tensor "
                  + name
                  + " is stored as "
                  + stored
                  + ", but weights must be F64, F32, F16 or BF16");
    };
  }
}
