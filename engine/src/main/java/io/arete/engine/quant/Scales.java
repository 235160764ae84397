package io.arete.engine.quant;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** The scale of every block of a weight. Whoever owns the weight closes it. */
public sealed interface Scales extends AutoCloseable {

  /** How many blocks. */
  long count();

  /** Where they are. */
  Device device();

  /** One element a block, as files have it: float32, or the codes of nested scales. */
  Tensor stored();

  /** All scales in float32, {@code [blocks]}, by tensor operations. */
  Tensor dense();

  /** Reads scales that are in the processor's memory, on one thread; they must outlive it. */
  Reader reader();

  @Override
  void close();

  /** Reads {@code count} scales from {@code first} on to the beginning of {@code into}. */
  @FunctionalInterface
  interface Reader {
    void read(int first, float[] into, int count);
  }

  /** Brings scales into memory, in eight bits where {@code nested}. */
  static Scales of(float[] scales, boolean nested, Device device) {
    if (!nested) {
      return new Plain(Tensors.of(device, scales, scales.length));
    }
    float[] map = DynamicMap.values();
    NestedScales made = NestedScales.of(scales, map);
    List<ByteBuffer> codes = List.of(ByteBuffer.wrap(made.codes()));
    return new Nested(
        Tensors.copyOf(device, Dtype.UINT8, codes, scales.length),
        Tensors.of(device, made.maxima(), made.maxima().length),
        Tensors.of(device, map, map.length),
        made.mean());
  }

  /**
   * In float32.
   *
   * @param values {@code [blocks]}; ownership is taken
   */
  record Plain(Tensor values) implements Scales {

    public Plain {
      values.own();
    }

    @Override
    public long count() {
      return values.elements();
    }

    @Override
    public Device device() {
      return values.device();
    }

    @Override
    public Tensor stored() {
      return values;
    }

    @Override
    public Tensor dense() {
      return values;
    }

    @Override
    public Reader reader() {
      FloatBuffer memory = values.memory().get(0).asFloatBuffer();
      return (first, into, count) -> memory.get(first, into, 0, count);
    }

    @Override
    public void close() {
      values.close();
    }
  }

  /**
   * In eight bits, with a maximum for every 256 of them; see {@link NestedScales}. Ownership of the
   * tensors is taken.
   *
   * @param codes {@code [blocks]}, uint8
   * @param maxima {@code [blocks / 256]}, rounded up
   * @param map the 256 values of the codes
   * @param mean what is added to every scale
   */
  record Nested(Tensor codes, Tensor maxima, Tensor map, float mean) implements Scales {

    /** How many maxima so many scales have. */
    public static long maximaOf(long scales) {
      return NestedScales.count(scales);
    }

    public Nested {
      codes.own();
      maxima.own();
      map.own();
    }

    @Override
    public long count() {
      return codes.elements();
    }

    @Override
    public Device device() {
      return codes.device();
    }

    @Override
    public Tensor stored() {
      return codes;
    }

    @Override
    public Tensor dense() {
      long groups = maxima.elements();
      Tensor repeated =
          maxima
              .unsqueeze(1)
              .expand(groups, NestedScales.SIZE)
              .reshape(groups * NestedScales.SIZE)
              .narrow(0, 0, codes.elements());
      return map.indexSelect(0, codes.to(Dtype.INT32)).mul(repeated).add(mean);
    }

    @Override
    public Reader reader() {
      ByteBuffer memory = codes.memory().get(0);
      float[] largest = maxima.toFloats();
      float[] mapped = map.toFloats();
      return (first, into, count) -> {
        byte[] run = new byte[count];
        memory.get(first, run);
        for (int i = 0; i < count; i++) {
          float maximum = largest[(first + i) / NestedScales.SIZE];
          into[i] = NestedScales.scale(mapped[run[i] & 0xFF], maximum, mean);
        }
      };
    }

    @Override
    public void close() {
      codes.close();
      maxima.close();
      map.close();
    }
  }
}
