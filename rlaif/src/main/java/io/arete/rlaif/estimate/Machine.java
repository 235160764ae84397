package io.arete.rlaif.estimate;

import io.arete.engine.model.QuantizationConfig;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.PackedWeight;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.training.MemoryChoice;
import java.nio.file.Path;

/**
 * What estimates must know of the machine, and of how it will hold the base.
 *
 * @param dtype element type of the frozen base and of what is computed
 * @param threads threads of one operation, and lanes
 * @param packs whether steps of generation use a packed copy of dense weights
 * @param fourBits whether the base's files hold its layers in four bits already
 * @param memoryBytes all memory there is for this process
 * @param freeBytes what of it is free
 */
public record Machine(
    Dtype dtype, int threads, boolean packs, boolean fourBits, long memoryBytes, long freeBytes) {

  /** This machine, for the base of that folder. */
  public static Machine here(Dtype dtype, Path base) {
    return new Machine(
        dtype,
        Threads.count(),
        PackedWeight.available(Device.CPU, dtype),
        QuantizationConfig.saysNf4(base),
        MemoryChoice.machineBytes(),
        FreeMemory.bytes());
  }
}
