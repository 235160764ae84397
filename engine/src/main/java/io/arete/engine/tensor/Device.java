package io.arete.engine.tensor;

import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where tensors live.
 *
 * @param type processor or GPU
 * @param index which one, 0 for the processor
 */
public record Device(Type type, int index) {

  /** Kinds of device. */
  public enum Type {
    CPU,
    CUDA
  }

  /** The processor. */
  public static final Device CPU = new Device(Type.CPU, 0);

  /** The first GPU where libtorch sees one, else the processor. */
  public static Device best() {
    return torch.cuda_is_available() ? new Device(Type.CUDA, 0) : CPU;
  }

  /** Whether this is the processor. */
  public boolean isCpu() {
    return type == Type.CPU;
  }

  TensorOptions options(Dtype dtype) {
    // The processor has no index: libtorch holds cpu:0 for another device and would copy.
    org.bytedeco.pytorch.Device device =
        isCpu()
            ? new org.bytedeco.pytorch.Device(DeviceType.CPU)
            : new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index);
    return new TensorOptions(dtype.scalarType)
        .device(new org.bytedeco.pytorch.DeviceOptional(device));
  }
}
