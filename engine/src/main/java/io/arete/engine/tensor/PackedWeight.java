package io.arete.engine.tensor;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A weight in the processor's own blocked layout.
 *
 * <p>oneDNN reorders a plain bfloat16 weight at every call, and plain float32 products run on one
 * thread; at the small batches of decoding a product of the packed form takes a half to a fifth of
 * the time. No graph is recorded: for inference on the processor only.
 */
public final class PackedWeight implements AutoCloseable {

  private static final String REORDER = "mkldnn::_reorder_linear_weight";
  private static final String LINEAR = "mkldnn::_linear_pointwise";

  private static @Nullable OperatorHandle linear;
  private static final Map<Dtype, Boolean> AVAILABLE = new EnumMap<>(Dtype.class);

  private final Tensor packed;

  private PackedWeight(Tensor packed) {
    this.packed = packed;
  }

  /** Whether this processor and this libtorch have the packed form. */
  public static synchronized boolean available(Device device, Dtype dtype) {
    return device.isCpu() && AVAILABLE.computeIfAbsent(dtype, PackedWeight::works);
  }

  /** Whether a small weight can be packed: a processor may lack what an element type needs. */
  private static boolean works(Dtype dtype) {
    boolean known = dtype == Dtype.BFLOAT16 || dtype == Dtype.FLOAT32;
    if (!known || !torch.hasMKLDNN()) {
      return false;
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      PackedWeight.of(Tensors.zeros(Device.CPU, dtype, 64, 64), 16).close();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
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
