package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
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
import io.arete.engine.tensor.Tensors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Weights that bitsandbytes quantised, as a folder stores them. Every claim is checked against the
 * others, and against what config.json asks for, before memory is taken.
 */
final class StoredNf4 {

  private static final String WEIGHT_AND_DOT = ".weight.";

  private final ModelFolder folder;
  private final boolean quantised;

  /**
   * Reads from a folder.
   *
   * @param quantised whether config.json says that there are such weights
   */
  StoredNf4(ModelFolder folder, boolean quantised) {
    this.folder = folder;
    this.quantised = quantised;
  }

  /** Whether the folder is a quantised one, even if not every layer is. */
  boolean quantised() {
    return quantised;
  }

  /** Whether a weight is stored so. */
  boolean holds(String name) {
    return quantised && folder.entry(name + QuantState.SCALES).isPresent();
  }

  /** Whether a tensor is there only to say how a weight was quantised. */
  boolean explains(String name) {
    int dot = name.indexOf(WEIGHT_AND_DOT);
    return dot >= 0 && holds(name.substring(0, dot + WEIGHT_AND_DOT.length() - 1));
  }

  /** Fails unless a weight of that shape is stored whole; returns the entry of its codes. */
  TensorEntry require(String name, long... shape) {
    QuantState state = state(name);
    if (!Arrays.equals(new long[] {state.rows(), state.columns()}, shape)) {
      throw fault(
          name,
          "was quantised from "
              + state.rows()
              + " × "
              + state.columns()
              + ", but config.json asks for "
              + Arrays.toString(shape));
    }
    long values = Math.multiplyExact(state.rows(), state.columns());
    if (values > Nf4Weight.MOST_VALUES) {
      throw fault(name, "has " + values + " values, more than are read");
    }
    long blocks = Nf4Blocks.count(values);
    boolean nested = state.mean().isPresent();
    entry(name + QuantState.SCALES, nested ? StoredDtype.U8 : StoredDtype.F32, blocks);
    entry(name + QuantState.MAP, StoredDtype.F32, Nf4Code.values().length);
    if (nested) {
      entry(name + QuantState.NESTED_MAXIMA, StoredDtype.F32, Scales.Nested.maximaOf(blocks));
      entry(name + QuantState.NESTED_MAP, StoredDtype.F32, DynamicMap.SIZE);
    }
    return entry(name, StoredDtype.U8, Nf4Blocks.bytes(values), 1);
  }

  /** Loads a weight as it is stored. The caller closes it. */
  Nf4Weight load(String name, long[] shape, Device device) {
    TensorEntry entry = require(name, shape);
    try (Scope scope = Scope.open()) {
      if (!Arrays.equals(floats(name + QuantState.MAP, Device.CPU).toFloats(), Nf4Code.values())) {
        throw fault(name, "has another code than NF4's in " + QuantState.MAP);
      }
      Scales scales = scales(name, state(name), device);
      if (!scales.dense().allFinite()) {
        scales.close();
        throw fault(name, "holds NaN or infinite scales; the file is damaged, fetch it again");
      }
      Tensor codes = bytes(name, entry.bytes(), device);
      return new Nf4Weight(shape[0], shape[1], codes, scales);
    }
  }

  private Scales scales(String name, QuantState state, Device device) {
    if (state.mean().isEmpty()) {
      return new Scales.Plain(floats(name + QuantState.SCALES, device));
    }
    String codes = name + QuantState.SCALES;
    return new Scales.Nested(
        bytes(codes, folder.required(codes).bytes(), device),
        floats(name + QuantState.NESTED_MAXIMA, device),
        floats(name + QuantState.NESTED_MAP, device),
        (float) state.mean().getAsDouble());
  }

  private QuantState state(String name) {
    String text = name + QuantState.STATE;
    TensorEntry entry = folder.required(text);
    if (entry.dtype() != StoredDtype.U8 || entry.bytes() > QuantState.MOST_BYTES) {
      throw fault(
          text,
          "is "
              + entry.bytes()
              + " bytes of "
              + entry.dtype()
              + ", but at most "
              + QuantState.MOST_BYTES
              + " of U8 are read");
    }
    byte[] bytes = new byte[(int) entry.bytes()];
    folder.read(text, List.of(ByteBuffer.wrap(bytes)));
    return QuantState.parse(bytes, folder.path() + ": tensor " + text);
  }

  private Tensor bytes(String name, long count, Device device) {
    return Tensors.filled(device, Dtype.UINT8, memory -> folder.read(name, memory), count);
  }

  private Tensor floats(String name, Device device) {
    long count = folder.required(name).elements();
    return Tensors.filled(device, Dtype.FLOAT32, memory -> folder.read(name, memory), count);
  }

  private TensorEntry entry(String name, StoredDtype dtype, long... shape) {
    TensorEntry entry = folder.required(name);
    List<Long> needed = Arrays.stream(shape).boxed().toList();
    if (entry.dtype() != dtype || !entry.shape().equals(needed)) {
      throw fault(
          name,
          "is "
              + entry.dtype()
              + " of shape "
              + entry.shape()
              + ", but NF4 needs "
              + dtype
              + " of shape "
              + needed);
    }
    return entry;
  }

  private AreteException fault(String name, String what) {
    return new AreteException(folder.path() + ": tensor " + name + " " + what);
  }
}
