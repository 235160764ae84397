package io.arete.engine.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors. */
public final class Tensors {

  private Tensors() {}

  /** Uninitialised memory. */
  public static Tensor empty(Device device, Dtype dtype, long... shape) {
    return new Tensor(
        torch.empty(shape, device.options(dtype), new org.bytedeco.pytorch.MemoryFormatOptional()));
  }

  /** All zeros. */
  public static Tensor zeros(Device device, Dtype dtype, long... shape) {
    return empty(device, dtype, shape).zeroInPlace();
  }

  /** Copies floats. */
  public static Tensor of(Device device, float[] values, long... shape) {
    Tensor tensor = empty(Device.CPU, Dtype.FLOAT32, shape);
    requireCount(tensor, values.length);
    if (values.length > 0) {
      new FloatPointer(tensor.raw.data_ptr()).put(values);
    }
    return move(tensor, device);
  }

  /** Copies longs. */
  public static Tensor of(Device device, long[] values, long... shape) {
    Tensor tensor = empty(Device.CPU, Dtype.INT64, shape);
    requireCount(tensor, values.length);
    if (values.length > 0) {
      new LongPointer(tensor.raw.data_ptr()).put(values);
    }
    return move(tensor, device);
  }

  /** Copies ints as an int64 vector: the form of ids and indices. */
  public static Tensor indices(Device device, int... values) {
    Tensor tensor = empty(Device.CPU, Dtype.INT32, values.length);
    if (values.length > 0) {
      new IntPointer(tensor.raw.data_ptr()).put(values);
    }
    return move(tensor.to(Dtype.INT64), device);
  }

  /** Copies bytes (0 or 1) as a boolean tensor. */
  public static Tensor mask(Device device, byte[] values, long... shape) {
    Tensor tensor = empty(Device.CPU, Dtype.BOOL, shape);
    requireCount(tensor, values.length);
    if (values.length > 0) {
      new BytePointer(tensor.raw.data_ptr()).put(values, 0, values.length);
    }
    return move(tensor, device);
  }

  /** Copies little-endian file bytes, chunk after chunk. */
  public static Tensor copyOf(Device device, Dtype dtype, List<ByteBuffer> chunks, long... shape) {
    Tensor tensor = empty(Device.CPU, dtype, shape);
    long bytes = chunks.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes != tensor.elements() * dtype.bytes()) {
      throw new IllegalArgumentException(
          bytes + " bytes given for " + tensor.elements() + " elements of " + dtype);
    }
    List<ByteBuffer> memory = tensor.memory();
    if (memory.size() == 1 && chunks.size() == 1) {
      memory.get(0).put(chunks.get(0).duplicate());
    } else {
      copyChunks(memory, chunks);
    }
    return move(tensor, device);
  }

  /**
   * Little-endian bytes that {@code filling} writes into the tensor's memory, which it is given in
   * pieces of at most 1 GiB.
   */
  public static Tensor filled(
      Device device, Dtype dtype, Consumer<List<ByteBuffer>> filling, long... shape) {
    Tensor tensor = empty(Device.CPU, dtype, shape);
    filling.accept(tensor.memory());
    return move(tensor, device);
  }

  /** Draws from the normal distribution with libtorch's own generator, seeded here. */
  public static Tensor normal(Device device, long seed, double sd, long... shape) {
    torch.manual_seed(seed);
    return move(new Tensor(torch.randn(shape)).mulInPlace(sd), device);
  }

  /** Draws uniformly from [low, high) with libtorch's own generator, seeded here. */
  public static Tensor uniform(Device device, long seed, double low, double high, long... shape) {
    torch.manual_seed(seed);
    Tensor unit = new Tensor(torch.rand(shape));
    return move(unit.mulInPlace(high - low).add(low), device);
  }

  /**
   * A dropout mask: false, which drops, with the given rate. The rate is rounded to 1/256, at most
   * 255/256, so that eight elements share one draw.
   */
  public static Tensor dropoutMask(Device device, long seed, double rate, long rows, long columns) {
    Generator generator = torch.make_generator_cpu(seed);
    Tensor bits = empty(Device.CPU, Dtype.INT64, (rows * columns + 7) / 8);
    // Without the bounds libtorch never sets the sign bit, and every eighth byte stays below 128.
    bits.raw.random_(Long.MIN_VALUE, new LongOptional(), new GeneratorOptional(generator));
    Tensor draws = new Tensor(bits.raw.view(Dtype.UINT8.scalarType));
    Tensor kept = draws.narrow(0, 0, rows * columns).view(rows, columns);
    Tensor mask = new Tensor(kept.raw.ge(new org.bytedeco.pytorch.Scalar(dropped(rate))));
    return move(mask, device);
  }

  /** What is kept by {@link #dropoutMask} is multiplied with: one over the kept share. */
  public static double dropoutScale(double rate) {
    return 256.0 / (256 - dropped(rate));
  }

  /** How many of 256 are dropped. */
  private static int dropped(double rate) {
    return (int) Math.min(255, Math.round(rate * 256));
  }

  private static void copyChunks(List<ByteBuffer> targets, List<ByteBuffer> sources) {
    int next = 0;
    ByteBuffer target = targets.get(0).duplicate();
    for (ByteBuffer chunk : sources) {
      ByteBuffer source = chunk.duplicate();
      while (source.hasRemaining()) {
        if (!target.hasRemaining()) {
          next++;
          target = targets.get(next).duplicate();
        }
        ByteBuffer piece = source.slice();
        piece.limit(Math.min(source.remaining(), target.remaining()));
        source.position(source.position() + piece.limit());
        target.put(piece);
      }
    }
  }

  private static Tensor move(Tensor tensor, Device device) {
    return device.isCpu() ? tensor : tensor.to(device);
  }

  private static void requireCount(Tensor tensor, int count) {
    if (tensor.elements() != count) {
      throw new IllegalArgumentException(
          count + " values given for " + tensor.elements() + " elements");
    }
  }
}
