package io.arete.engine.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A libtorch tensor: a plain delegating door, one method an operation, named as in libtorch.
 * Methods ending in {@code InPlace} change this tensor; all others return a new one (possibly a
 * view) owned by the innermost {@link Scope}. Shapes in comments are written {@code [rows,
 * columns]}.
 */
public final class Tensor implements AutoCloseable {

  private static final int CHUNK_BYTES = 1 << 30;

  final org.bytedeco.pytorch.Tensor raw;

  Tensor(org.bytedeco.pytorch.Tensor raw) {
    this.raw = raw;
  }

  /**
   * A tensor with a reference of its own. What JavaCPP returns by reference points into the stack,
   * pair or tensor that holds it, and dangles once that is freed.
   */
  static Tensor handleOf(org.bytedeco.pytorch.Tensor borrowed) {
    return new Tensor(new org.bytedeco.pytorch.Tensor(borrowed));
  }

  // ---- ownership

  /** Makes the caller the owner: the tensor outlives all scopes until {@link #close()}. */
  public Tensor own() {
    raw.retainReference();
    return this;
  }

  /** Gives back what {@link #own()} took. */
  @Override
  public void close() {
    raw.releaseReference();
  }

  /** Hands an {@link #own() owned} tensor to the calling thread's innermost scope. */
  public Tensor adopt() {
    PointerScope scope = PointerScope.getInnerScope();
    if (scope == null) {
      throw new IllegalStateException("no scope is open");
    }
    scope.attach(raw);
    close();
    return this;
  }

  // ---- facts

  /** Size of every dimension. */
  public long[] shape() {
    long[] shape = new long[(int) raw.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = raw.size(i);
    }
    return shape;
  }

  /** Size of one dimension; negative counts from the end. */
  public long size(int dimension) {
    return raw.size(dimension);
  }

  /** Number of elements. */
  public long elements() {
    return raw.numel();
  }

  /** Element type. */
  public Dtype dtype() {
    return Dtype.of(raw.scalar_type());
  }

  /** Where this tensor lives. */
  public Device device() {
    return raw.is_cuda() ? new Device(Device.Type.CUDA, raw.device().index()) : Device.CPU;
  }

  /** Fails unless the shape is exactly this. */
  public Tensor requireShape(long... expected) {
    if (!Arrays.equals(shape(), expected)) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape()) + " must be " + Arrays.toString(expected));
    }
    return this;
  }

  // ---- form

  /** Same values as another element type (itself if it is that already). */
  public Tensor to(Dtype dtype) {
    return new Tensor(raw.to(dtype.scalarType));
  }

  /** Same values on another device. */
  public Tensor to(Device device) {
    return new Tensor(
        raw.to(
            device.options(dtype()),
            false,
            false,
            new org.bytedeco.pytorch.MemoryFormatOptional()));
  }

  /** Reinterprets the shape without copying. */
  public Tensor view(long... shape) {
    return new Tensor(raw.view(shape));
  }

  /** Changes the shape, copying where needed. */
  public Tensor reshape(long... shape) {
    return new Tensor(raw.reshape(shape));
  }

  /** Swaps two dimensions (a view). */
  public Tensor transpose(int first, int second) {
    return new Tensor(raw.transpose(first, second));
  }

  /** Repeats dimensions of size 1 without copying. */
  public Tensor expand(long... shape) {
    return new Tensor(raw.expand(shape));
  }

  /** Inserts a dimension of size 1. */
  public Tensor unsqueeze(int dimension) {
    return new Tensor(raw.unsqueeze(dimension));
  }

  /** Elements {@code start … start+length-1} of a dimension (a view). */
  public Tensor narrow(int dimension, long start, long length) {
    return new Tensor(raw.narrow(dimension, start, length));
  }

  /**
   * Pieces of the given sizes along a dimension (views). Going backward, their gradients are joined
   * once, where each {@link #narrow} would make one as large as the whole.
   */
  public List<Tensor> split(int dimension, long... sizes) {
    TensorVector pieces = raw.split_with_sizes(sizes, dimension);
    List<Tensor> views = new ArrayList<>(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      views.add(handleOf(pieces.get(i)));
    }
    return views;
  }

  /** One index of a dimension, which disappears (a view). */
  public Tensor select(int dimension, long index) {
    return new Tensor(raw.select(dimension, index));
  }

  /** The same values laid out densely. */
  public Tensor contiguous() {
    return new Tensor(raw.contiguous());
  }

  /** A copy. */
  public Tensor copy() {
    return new Tensor(raw.clone());
  }

  /** Rows (or other slices) by index; {@code index} is int64. */
  public Tensor indexSelect(int dimension, Tensor index) {
    return new Tensor(raw.index_select(dimension, index.raw));
  }

  /** Adds rows of {@code source} at {@code index}; repeated indices add up. */
  public Tensor indexAddInPlace(int dimension, Tensor index, Tensor source) {
    raw.index_add_(dimension, index.raw, source.raw);
    return this;
  }

  /** Writes rows of {@code source} at {@code index}. */
  public Tensor indexCopyInPlace(int dimension, Tensor index, Tensor source) {
    raw.index_copy_(dimension, index.raw, source.raw);
    return this;
  }

  /** Picks one element a row along a dimension. */
  public Tensor gather(int dimension, Tensor index) {
    return new Tensor(raw.gather(dimension, index.raw));
  }

  /** Concatenates along a dimension. */
  public static Tensor cat(List<Tensor> parts, int dimension) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    org.bytedeco.pytorch.Tensor[] raws = new org.bytedeco.pytorch.Tensor[parts.size()];
    for (int i = 0; i < raws.length; i++) {
      raws[i] = parts.get(i).raw;
    }
    return new Tensor(torch.cat(new TensorVector(raws), dimension));
  }

  // ---- arithmetic

  /** Sum, with broadcasting. */
  public Tensor add(Tensor other) {
    return new Tensor(raw.add(other.raw));
  }

  /** Adds a number. */
  public Tensor add(double value) {
    return new Tensor(raw.add(new Scalar(value)));
  }

  /** Adds {@code factor * other} to this tensor. */
  public Tensor addInPlace(Tensor other, double factor) {
    raw.add_(other.raw, new Scalar(factor));
    return this;
  }

  /** Adds {@code other} to this tensor. */
  public Tensor addInPlace(Tensor other) {
    raw.add_(other.raw);
    return this;
  }

  /** Difference. */
  public Tensor sub(Tensor other) {
    return new Tensor(raw.sub(other.raw));
  }

  /** Product, element by element. */
  public Tensor mul(Tensor other) {
    return new Tensor(raw.mul(other.raw));
  }

  /** Product with a number. */
  public Tensor mul(double factor) {
    return new Tensor(raw.mul(new Scalar(factor)));
  }

  /** Multiplies this tensor. */
  public Tensor mulInPlace(double factor) {
    raw.mul_(new Scalar(factor));
    return this;
  }

  /** Multiplies this tensor, element by element. */
  public Tensor mulInPlace(Tensor other) {
    raw.mul_(other.raw);
    return this;
  }

  /** Quotient, element by element. */
  public Tensor div(Tensor other) {
    return new Tensor(raw.div(other.raw));
  }

  /** {@code this + first * second}, element by element. */
  public Tensor addcmul(Tensor first, Tensor second) {
    return new Tensor(raw.addcmul(first.raw, second.raw));
  }

  /** Adds {@code factor * first * second} to this tensor. */
  public Tensor addcmulInPlace(Tensor first, Tensor second, double factor) {
    raw.addcmul_(first.raw, second.raw, new Scalar(factor));
    return this;
  }

  /** Adds {@code factor * numerator / denominator} to this tensor. */
  public Tensor addcdivInPlace(Tensor numerator, Tensor denominator, double factor) {
    raw.addcdiv_(numerator.raw, denominator.raw, new Scalar(factor));
    return this;
  }

  /** Square root, element by element. */
  public Tensor sqrt() {
    return new Tensor(raw.sqrt());
  }

  /** One over the square root. */
  public Tensor rsqrt() {
    return new Tensor(raw.rsqrt());
  }

  /** Square, element by element. */
  public Tensor square() {
    return new Tensor(raw.square());
  }

  /** Reorders the dimensions (a view). */
  public Tensor permute(long... order) {
    return new Tensor(raw.permute(order));
  }

  /** Whether operations on this tensor are being recorded for gradients. */
  public boolean recorded() {
    return raw.requires_grad() && GradMode.is_enabled();
  }

  /** Exponential. */
  public Tensor exp() {
    return new Tensor(raw.exp());
  }

  /** {@code x * sigmoid(x)}. */
  public Tensor silu() {
    return new Tensor(torch.silu(raw));
  }

  /** {@code x Φ(x)}, Φ the normal distribution function. */
  public Tensor gelu() {
    return new Tensor(torch.gelu(raw));
  }

  /** {@link #gelu} with Φ approximated by a hyperbolic tangent. */
  public Tensor geluTanh() {
    return new Tensor(torch.gelu(raw, "tanh"));
  }

  /** Negates. */
  public Tensor neg() {
    return new Tensor(raw.neg());
  }

  /** Cyclic shift along a dimension. */
  public Tensor roll(long shift, int dimension) {
    return new Tensor(raw.roll(new long[] {shift}, new long[] {dimension}));
  }

  /** Puts {@code value} where {@code mask} is true. */
  public Tensor maskedFill(Tensor mask, double value) {
    return new Tensor(raw.masked_fill(mask.raw, new Scalar(value)));
  }

  /** Where elements are at most the other's. */
  public Tensor atMost(Tensor other) {
    return new Tensor(raw.le(other.raw));
  }

  /** Where elements are at least a number. */
  public Tensor atLeast(double value) {
    return new Tensor(raw.ge(new Scalar(value)));
  }

  // ---- matrices

  /** Matrix product of the last two dimensions. */
  public Tensor matmul(Tensor other) {
    return new Tensor(raw.matmul(other.raw));
  }

  /** Batched matrix product, {@code [b, n, m] x [b, m, p]}. */
  public Tensor bmm(Tensor other) {
    return new Tensor(raw.bmm(other.raw));
  }

  /** {@code x Wᵀ + b} for {@code x [rows, in]}, {@code W [out, in]}, {@code b [out]} or none. */
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    return new Tensor(
        bias == null
            ? torch.linear(raw, weight.raw)
            : torch.linear(raw, weight.raw, new TensorOptional(bias.raw)));
  }

  /** Adds {@code left right} to this matrix of the same type. */
  public Tensor addmmInPlace(Tensor left, Tensor right) {
    raw.addmm_(left.raw, right.raw);
    return this;
  }

  /**
   * Scaled dot-product attention.
   *
   * @param keys {@code [b, heads, keys, width]}
   * @param values {@code [b, heads, keys, width]}
   * @param mask added to the scores, broadcast to {@code [b, heads, queries, keys]}
   * @return {@code [b, heads, queries, width]}
   */
  public Tensor attend(Tensor keys, Tensor values, Tensor mask) {
    return new Tensor(
        torch.scaled_dot_product_attention(
            raw,
            keys.raw,
            values.raw,
            new TensorOptional(mask.raw),
            0.0,
            false,
            new DoubleOptional(),
            false));
  }

  /** Normalised to mean 0 and variance 1 over the last dimension, then scaled and shifted. */
  public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    return new Tensor(
        torch.layer_norm(
            raw,
            new long[] {raw.size(-1)},
            new TensorOptional(weight.raw),
            new TensorOptional(bias.raw),
            epsilon,
            false));
  }

  /** Rows of this table {@code [vocabulary, width]} by id. */
  public Tensor embedding(Tensor ids) {
    return new Tensor(torch.embedding(raw, ids.raw));
  }

  // ---- reductions

  /** Sum of all elements. */
  public Tensor sum() {
    return new Tensor(raw.sum());
  }

  /** Sum along a dimension. */
  public Tensor sum(int dimension) {
    return new Tensor(raw.sum(dimension));
  }

  /** Mean along a dimension, which stays with size 1. */
  public Tensor meanKeep(int dimension) {
    return new Tensor(raw.mean(new long[] {dimension}, true, new ScalarTypeOptional()));
  }

  /** Softmax along a dimension. */
  public Tensor softmax(int dimension) {
    return new Tensor(raw.softmax(dimension));
  }

  /** Log of the softmax along a dimension. */
  public Tensor logSoftmax(int dimension) {
    return new Tensor(raw.log_softmax(dimension));
  }

  /** {@code log Σ exp} along a dimension. */
  public Tensor logSumExp(int dimension) {
    return new Tensor(torch.logsumexp(raw, dimension));
  }

  /** Index of the largest element along a dimension, int64. */
  public Tensor argmax(int dimension) {
    return new Tensor(raw.argmax(new LongOptional(dimension), false));
  }

  /** Running sum along a dimension. */
  public Tensor cumsum(int dimension) {
    return new Tensor(raw.cumsum(dimension));
  }

  /** Values and indices, largest first. */
  public Sorted sortDescending(int dimension) {
    // Stable, so that equal logits keep the order of their ids on every machine.
    T_TensorTensor_T pair = raw.sort(new BoolOptional(true), dimension, true);
    return new Sorted(handleOf(pair.get0()), handleOf(pair.get1()));
  }

  /** The {@code count} largest values and their indices, largest first. */
  public Sorted top(long count, int dimension) {
    T_TensorTensor_T pair = raw.topk(count, dimension, true, true);
    return new Sorted(handleOf(pair.get0()), handleOf(pair.get1()));
  }

  /**
   * Values and where they stood.
   *
   * @param values sorted values
   * @param indices int64 positions in the unsorted tensor
   */
  public record Sorted(Tensor values, Tensor indices) {}

  /** Whether every element is a finite number. */
  public boolean allFinite() {
    return raw.isfinite().all().item_bool();
  }

  // ---- in place

  /** Copies values (and converts the type) from another tensor of the same shape. */
  public Tensor copyInPlace(Tensor source) {
    raw.copy_(source.raw);
    return this;
  }

  /** Sets every element to 0. */
  public Tensor zeroInPlace() {
    raw.zero_();
    return this;
  }

  // ---- gradients

  /** Same values outside of the graph, sharing memory. */
  public Tensor detach() {
    return new Tensor(raw.detach());
  }

  /** Marks this tensor as one whose gradient is wanted. */
  public Tensor requireGradient() {
    raw.set_requires_grad(true);
    return this;
  }

  /** The gradient that has been collected. */
  public Tensor gradient() {
    return handleOf(raw.grad());
  }

  /** Collects gradients into {@code buffer} (same shape) from now on. */
  public Tensor collectGradientIn(Tensor buffer) {
    raw.mutable_grad().put(buffer.raw);
    return this;
  }

  /** Sends {@code gradient} (this tensor's shape) backward through the graph. */
  public void backward(Tensor gradient) {
    raw.backward(gradient.raw, new BoolOptional(false), false, new TensorArrayRefOptional());
  }

  // ---- out to Java

  /** The one number of a tensor with one element. */
  public double item() {
    return raw.item_double();
  }

  /** All elements as floats, row by row. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(elements())];
    // The scope holds on to the memory: a buffer does not.
    try (Scope scope = Scope.open()) {
      bytes(to(Dtype.FLOAT32)).asFloatBuffer().get(values);
    }
    return values;
  }

  /** All elements as doubles, row by row. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(elements())];
    // The scope holds on to the memory: a buffer does not.
    try (Scope scope = Scope.open()) {
      bytes(to(Dtype.FLOAT64)).asDoubleBuffer().get(values);
    }
    return values;
  }

  /** All elements as longs, row by row. */
  public long[] toLongs() {
    long[] values = new long[Math.toIntExact(elements())];
    // The scope holds on to the memory: a buffer does not.
    try (Scope scope = Scope.open()) {
      bytes(to(Dtype.INT64)).asLongBuffer().get(values);
    }
    return values;
  }

  /**
   * The bytes of a dense processor tensor as views of its memory, at most 1 GiB each; of another
   * tensor, of a copy that lives in the innermost scope.
   */
  public List<ByteBuffer> memory() {
    Tensor dense = contiguous().to(Device.CPU);
    long total = dense.elements() * dense.dtype().bytes();
    ByteBuffer[] chunks = new ByteBuffer[(int) ((total + CHUNK_BYTES - 1) / CHUNK_BYTES)];
    Pointer start = dense.raw.data_ptr();
    for (int i = 0; i < chunks.length; i++) {
      long offset = (long) i * CHUNK_BYTES;
      chunks[i] =
          new BytePointer(start)
              .position(offset)
              .limit(Math.min(total, offset + CHUNK_BYTES))
              .asByteBuffer()
              .order(ByteOrder.nativeOrder());
    }
    return List.of(chunks);
  }

  private static ByteBuffer bytes(Tensor tensor) {
    List<ByteBuffer> chunks = tensor.memory();
    return chunks.isEmpty() ? ByteBuffer.allocate(0) : chunks.get(0);
  }
}
