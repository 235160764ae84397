package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.model.WeightShapes.Stored;
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
import java.util.Map;
import java.util.function.Predicate;
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
  private final StoredNf4 stored;
  private final BaseForm form;
  private final Dtype dtype;
  private final Device device;
  private final Scratch scratch = new Scratch();

  /**
   * Reads from a folder.
   *
   * @param base the base's name, such as {@code model}
   * @param stored what the folder holds in NF4
   * @param form in which linear layers are wanted
   */
  WeightLoader(
      ModelFolder folder,
      String base,
      StoredNf4 stored,
      BaseForm form,
      Dtype dtype,
      Device device) {
    this.folder = folder;
    this.prefix = base + ".";
    this.bare = folder.names().stream().noneMatch(name -> name.startsWith(prefix));
    this.stored = stored;
    this.form = form;
    this.dtype = dtype;
    this.device = device;
  }

  @Override
  public boolean quantised() {
    return form != BaseForm.DENSE || stored.quantised();
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
   * Fails unless the folder holds these tensors, and where it matters no others: what config.json
   * does not explain would be left out of the computation.
   *
   * @param matters says by its name whether a tensor does
   */
  void require(Map<String, long[]> shapes, Predicate<String> matters) {
    shapes.forEach((name, shape) -> require(new Stored(name, shape)));
    for (String found : folder.names()) {
      String name = bare ? prefix + found : found;
      if (matters.test(name)
          && !shapes.containsKey(name)
          && !stored.explains(found)
          && !BUFFER.matcher(name).matches()) {
        throw new AreteException(
            folder.path()
                + " holds the tensor "
                + Quoted.of(found)
                + ", which its config.json does not explain; take both from the same model");
      }
    }
  }

  /** What the folder calls a tensor. */
  String nameInFile(String name) {
    return bare && name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** The folder's entry of a tensor, which must have that shape and be stored as floats or NF4. */
  private TensorEntry require(Stored asked) {
    String name = nameInFile(asked.name());
    long[] shape = asked.shape();
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
  public Tensor fused(List<Stored> parts) {
    return Tensor.cat(parts.stream().map(this::load).toList(), 0);
  }

  @Override
  public LinearWeight linear(List<Stored> asked) {
    List<String> names = asked.stream().map(one -> nameInFile(one.name())).toList();
    long quantised = names.stream().filter(stored::holds).count();
    if (quantised == 0 && (form == BaseForm.DENSE || stored.quantised())) {
      return new DenseWeight(fused(asked));
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
      asked.forEach(one -> parts.add(nf4(one)));
      return new Nf4Weights(parts, scratch);
    } catch (RuntimeException e) {
      parts.forEach(Nf4Weight::close);
      throw e;
    }
  }

  private Nf4Weight nf4(Stored asked) {
    String name = nameInFile(asked.name());
    return stored.holds(name) ? stored.load(name, asked.shape(), device) : quantised(asked);
  }

  /** One dense tensor, quantised as it is stored. The caller closes it. */
  Nf4Weight quantised(Stored asked) {
    Dtype asStored = dtype(asked.name(), require(asked).dtype());
    // What no float32 can hold must not become infinite unseen.
    Dtype wide = asStored == Dtype.FLOAT64 ? Dtype.FLOAT32 : asStored;
    try (Scope scope = Scope.open()) {
      return Nf4Weight.quantise(values(asked, wide), form == BaseForm.NF4, device);
    }
  }

  /** One tensor in the base's element type, owned by the innermost scope. */
  @Override
  public Tensor load(Stored asked) {
    return values(asked, dtype).to(device);
  }

  @Override
  public Tensor wide(Stored asked) {
    return values(asked, Dtype.FLOAT32).to(device);
  }

  /** One tensor in float32 in the processor's memory, expanded if it is stored in four bits. */
  Tensor expanded(Stored asked) {
    String name = nameInFile(asked.name());
    if (!stored.holds(name)) {
      return values(asked, Dtype.FLOAT32);
    }
    Tensor dense = Tensors.empty(Device.CPU, Dtype.FLOAT32, asked.shape());
    try (Nf4Weight weight = stored.load(name, asked.shape(), Device.CPU)) {
      weight.dequantiseInto(dense);
    }
    return dense;
  }

  /** One dense tensor in the processor's memory. */
  private Tensor values(Stored asked, Dtype wanted) {
    String name = nameInFile(asked.name());
    if (stored.holds(name)) {
      throw new AreteException(
          folder.path()
              + ": tensor "
              + name
              + " is quantised, but only the linear layers of blocks are read so; quantise the model"
              + " anew, with the other modules in llm_int8_skip_modules");
    }
    TensorEntry entry = require(asked);
    Tensor tensor =
        Tensors.filled(
                Device.CPU,
                dtype(name, entry.dtype()),
                memory -> folder.read(name, memory),
                asked.shape())
            .to(wanted);
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
