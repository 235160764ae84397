package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.nn.DenseWeight;
import io.arete.engine.nn.LinearWeight;
import io.arete.engine.nn.Nf4Weights;
import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.quant.Scratch;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings named tensors of a model folder into the engine, checked in shape and for numbers. */
final class WeightLoader implements WeightSource {

  private final ModelFolder folder;
  private final StoredNf4 stored;
  private final BaseForm form;
  private final Dtype dtype;
  private final Device device;
  private final Scratch scratch = new Scratch();

  WeightLoader(ModelFolder folder, StoredNf4 stored, BaseForm form, Dtype dtype, Device device) {
    this.folder = folder;
    this.stored = stored;
    this.form = form;
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

  /** The folder's entry of a tensor, which must have that shape and be stored as floats or NF4. */
  TensorEntry require(String name, long... shape) {
    if (stored.holds(name)) {
      return stored.require(name, shape);
    }
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

  @Override
  public LinearWeight linear(List<String> names, List<long[]> shapes) {
    long quantised = names.stream().filter(stored::holds).count();
    if (quantised == 0 && (form == BaseForm.DENSE || stored.quantised())) {
      return new DenseWeight(fused(names, shapes));
    }
    if (quantised != 0 && quantised != names.size()) {
      throw new AreteException(
          folder.path()
              + " holds some of "
              + names
              + " in NF4 and others not; such layers are computed as one, quantise all or none");
    }
    List<Nf4Weight> parts = new ArrayList<>();
    try {
      for (int i = 0; i < names.size(); i++) {
        parts.add(nf4(names.get(i), shapes.get(i)));
      }
      return new Nf4Weights(parts, scratch);
    } catch (RuntimeException e) {
      parts.forEach(Nf4Weight::close);
      throw e;
    }
  }

  private Nf4Weight nf4(String name, long[] shape) {
    if (stored.holds(name)) {
      return stored.load(name, shape, device);
    }
    return quantised(name, shape);
  }

  /** One dense tensor, quantised as it is stored. The caller closes it. */
  Nf4Weight quantised(String name, long... shape) {
    Dtype asStored = dtype(name, require(name, shape).dtype());
    // What no float32 can hold must not become infinite unseen.
    Dtype wide = asStored == Dtype.FLOAT64 ? Dtype.FLOAT32 : asStored;
    try (Scope scope = Scope.open()) {
      return Nf4Weight.quantise(values(name, wide, shape), form == BaseForm.NF4, device);
    }
  }

  /** One tensor in the base's element type, owned by the innermost scope. */
  @Override
  public Tensor load(String name, long... shape) {
    return values(name, dtype, shape).to(device);
  }

  /** One dense tensor in the processor's memory. */
  private Tensor values(String name, Dtype wanted, long... shape) {
    if (stored.holds(name)) {
      throw new AreteException(
          folder.path()
              + ": tensor "
              + name
              + " is quantised, but only the linear layers of blocks are read so; quantise the model"
              + " anew, with the other modules in llm_int8_skip_modules");
    }
    TensorEntry entry = require(name, shape);
    Tensor tensor =
        Tensors.copyOf(Device.CPU, dtype(name, entry.dtype()), folder.map(name), shape).to(wanted);
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
