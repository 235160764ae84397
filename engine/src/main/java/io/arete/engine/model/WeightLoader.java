package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings named tensors of a model folder into the engine, checked in shape and for numbers. */
final class WeightLoader implements WeightSource {

  private final ModelFolder folder;
  private final Dtype dtype;
  private final Device device;

  WeightLoader(ModelFolder folder, Dtype dtype, Device device) {
    this.folder = folder;
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

  /** The folder's entry of a tensor, which must have that shape and be stored as floats. */
  TensorEntry require(String name, long... shape) {
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
  public Tensor fused(List<String> names, List<long[]> shapes) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(load(names.get(i), shapes.get(i)));
    }
    return Tensor.cat(parts, 0);
  }

  /** One tensor in the base's element type, owned by the innermost scope. */
  @Override
  public Tensor load(String name, long... shape) {
    TensorEntry entry = require(name, shape);
    Tensor tensor =
        Tensors.copyOf(device, dtype(name, entry.dtype()), folder.map(name), shape).to(dtype);
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
