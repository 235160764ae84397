package io.arete.rlaif.estimate;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.PackedWeight;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.training.MemoryChoice;

/**
 * What estimates must know of the machine.
 *
 * @param dtype element type of the frozen base and of what is computed
 * @param threads threads of one operation, and lanes
 * @param packs whether steps of generation use a packed copy of dense weights
 * @param memoryBytes all memory there is for this process
 * @param freeBytes what of it is free
 */
public record Machine(Dtype dtype, int threads, boolean packs, long memoryBytes, long freeBytes) {

  /** This machine. */
  public static Machine here(Dtype dtype) {
    return new Machine(
        dtype,
        Threads.count(),
        PackedWeight.available(Device.CPU, dtype),
        MemoryChoice.machineBytes(),
        FreeMemory.bytes());
  }
}
