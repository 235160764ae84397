package io.arete.engine.quant;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A matrix in NF4. Blocks run through it row by row, over the ends of rows where a row is no
 * multiple of a block. Any number of threads may dequantise it at once.
 */
public final class Nf4Weight implements AutoCloseable {

  /** More values would not fit into one buffer of codes; the largest known layers have half. */
  public static final long MOST_VALUES = 1L << 31;

  private static final int BLOCKS_AT_ONCE = 1024;

  private final long rows;
  private final long columns;
  private final Tensor codes;
  private final Scales scales;

  /**
   * Takes ownership of the parts.
   *
   * @param codes {@code [rows * columns / 2]}, rounded up, uint8
   * @param scales of all blocks, on the same device
   */
  public Nf4Weight(long rows, long columns, Tensor codes, Scales scales) {
    long values = Math.multiplyExact(rows, columns);
    if (values < 1 || values > MOST_VALUES) {
      throw new IllegalArgumentException(values + " values, but 1 to " + MOST_VALUES + " fit");
    }
    codes.requireShape(Nf4Blocks.bytes(values));
    if (scales.count() != Nf4Blocks.count(values)) {
      throw new IllegalArgumentException(scales.count() + " scales for " + values + " values");
    }
    this.rows = rows;
    this.columns = columns;
    this.codes = codes.own();
    this.scales = scales;
  }

  /**
   * Quantises a matrix. The caller owns the result.
   *
   * @param weight {@code [rows, columns]} of finite floats in the processor's memory
   * @param nested whether scales are quantised in their turn
   * @param device where the result shall be
   */
  public static Nf4Weight quantise(Tensor weight, boolean nested, Device device) {
    try (Scope scope = Scope.open()) {
      long values = weight.elements();
      Tensor flat = weight.reshape(values);
      Tensor codes = Tensors.empty(Device.CPU, Dtype.UINT8, Nf4Blocks.bytes(values));
      ByteBuffer memory = codes.memory().get(0);
      float[] scales = new float[Math.toIntExact(Nf4Blocks.count(values))];
      BlockShares.run(scales.length, (first, end) -> quantise(flat, first, end, memory, scales));
      return new Nf4Weight(
          weight.size(0), weight.size(1), codes.to(device), Scales.of(scales, nested, device));
    }
  }

  private static void quantise(Tensor flat, int first, int end, ByteBuffer codes, float[] scales) {
    for (int start = first; start < end; start += BLOCKS_AT_ONCE) {
      long from = (long) start * Nf4Blocks.SIZE;
      long until =
          Math.min(flat.elements(), Math.min(end, start + BLOCKS_AT_ONCE) * (long) Nf4Blocks.SIZE);
      float[] values;
      try (Scope step = Scope.open()) {
        values = flat.narrow(0, from, until - from).toFloats();
      }
      byte[] made = new byte[(int) Nf4Blocks.bytes(values.length)];
      float[] maxima = new float[(int) Nf4Blocks.count(values.length)];
      Nf4Blocks.quantise(values, values.length, made, maxima);
      codes.put((int) (from / 2), made);
      System.arraycopy(maxima, 0, scales, start, maxima.length);
    }
  }

  /** Rows. */
  public long rows() {
    return rows;
  }

  /** Columns. */
  public long columns() {
    return columns;
  }

  /**
   * The codes, {@code [rows * columns / 2]}, rounded up: two a byte, the first in the high half.
   */
  public Tensor codes() {
    return codes;
  }

  /** The scales. */
  public Scales scales() {
    return scales;
  }

  /** Where the weight is. */
  public Device device() {
    return codes.device();
  }

  /**
   * Writes {@code value(code) · scale}, rounded once.
   *
   * @param target {@code [rows, columns]}, dense, on this weight's device; no graph may need what
   *     it holds
   */
  public void dequantiseInto(Tensor target) {
    target.requireShape(rows, columns);
    Dtype dtype = target.dtype();
    if (!device().isCpu() || (dtype != Dtype.FLOAT32 && dtype != Dtype.BFLOAT16)) {
      try (Scope scope = Scope.open()) {
        target.copyInPlace(byOperations());
      }
      return;
    }
    try (Scope scope = Scope.open()) {
      List<ByteBuffer> memory = target.memory();
      ByteBuffer source = codes.memory().get(0);
      int inBuffer = memory.get(0).capacity() / dtype.bytes() / Nf4Blocks.SIZE;
      for (int i = 0; i < memory.size(); i++) {
        ByteBuffer buffer = memory.get(i);
        int targetBlock = i * inBuffer;
        int blocks = (int) Nf4Blocks.count(buffer.capacity() / dtype.bytes());
        BlockShares.run(
            blocks,
            (first, end) -> {
              Nf4Expansion expansion = new Nf4Expansion(source, scales.reader(), rows * columns);
              if (dtype == Dtype.FLOAT32) {
                expansion.toFloat32(targetBlock + first, targetBlock + end, buffer, targetBlock);
              } else {
                expansion.toBfloat16(targetBlock + first, targetBlock + end, buffer, targetBlock);
              }
            });
      }
    }
  }

  /** The values in float32, {@code [rows, columns]}, by operations that every device has. */
  public Tensor byOperations() {
    long values = rows * columns;
    long blocks = scales.count();
    Tensor pairs = Tensors.of(device(), pairTable(), 256, 2);
    Tensor looked = pairs.embedding(codes.to(Dtype.INT32)).view(2 * codes.elements());
    Tensor factors = scales.dense().unsqueeze(1);
    if (values % Nf4Blocks.SIZE == 0) {
      return looked.view(blocks, Nf4Blocks.SIZE).mul(factors).view(rows, columns);
    }
    Tensor each = factors.expand(blocks, Nf4Blocks.SIZE).reshape(blocks * Nf4Blocks.SIZE);
    return looked.narrow(0, 0, values).mul(each.narrow(0, 0, values)).view(rows, columns);
  }

  /** The two values of every byte. */
  private static float[] pairTable() {
    float[] table = new float[2 * 256];
    for (int pair = 0; pair < 256; pair++) {
      table[2 * pair] = Nf4Code.value(pair >> 4);
      table[2 * pair + 1] = Nf4Code.value(pair & 15);
    }
    return table;
  }

  @Override
  public void close() {
    codes.close();
    scales.close();
  }
}
