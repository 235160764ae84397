package io.arete.engine.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A bfloat16 weight in the processor's own blocked layout.
 *
 * <p>oneDNN reorders a plain bfloat16 weight at every call; at the small batches of decoding that
 * costs more than the product. Packed once, the same product takes about half the time. No graph is
 * recorded: for inference on the processor only.
 */
public final class PackedWeight implements AutoCloseable {

  private static final String REORDER = "mkldnn::_reorder_linear_weight";
  private static final String LINEAR = "mkldnn::_linear_pointwise";

  private static @Nullable OperatorHandle linear;

  private final Tensor packed;

  private PackedWeight(Tensor packed) {
    this.packed = packed;
  }

  /** Whether this processor and this libtorch have the packed form. */
  public static boolean available(Device device, Dtype dtype) {
    return device.isCpu() && dtype == Dtype.BFLOAT16 && torch.hasMKLDNN();
  }

  /**
   * Packs {@code weight [out, in]} for batches of about {@code rows}. The caller owns the result.
   */
  public static PackedWeight of(Tensor weight, long rows) {
    try (Scope ignored = Scope.open()) {
      OperatorHandle reorder = Dispatcher.singleton().findSchemaOrThrow(REORDER, "");
      IValueVector stack = new IValueVector();
      stack.push_back(new IValue(weight.raw));
      stack.push_back(new IValue(rows));
      reorder.callBoxed(stack);
      return new PackedWeight(Tensor.handleOf(stack.get(0).toTensor()).own());
    }
  }

  /** {@code x Wᵀ + other (+ bias)} for {@code x [rows, in]} and {@code other [rows, out]}. */
  public Tensor linearAdd(Tensor input, Tensor other, @Nullable Tensor bias) {
    IValueVector stack = new IValueVector();
    stack.push_back(new IValue(input.raw));
    stack.push_back(new IValue(other.raw));
    stack.push_back(new IValue(packed.raw));
    stack.push_back(bias == null ? new IValue() : new IValue(bias.raw));
    stack.push_back(new IValue("add"));
    operator().callBoxed(stack);
    return Tensor.handleOf(stack.get(0).toTensor());
  }

  @Override
  public void close() {
    packed.close();
  }

  private static synchronized OperatorHandle operator() {
    if (linear == null) {
      linear = Dispatcher.singleton().findSchemaOrThrow(LINEAR, "binary");
      linear.retainReference();
    }
    return linear;
  }
}
