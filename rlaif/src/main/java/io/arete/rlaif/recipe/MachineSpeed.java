package io.arete.rlaif.recipe;

import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.GeneralSection.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast this machine multiplies, measured once for all runs that are reckoned about together:
 * each measurement differs, and cells of a grid shall differ by their settings alone.
 */
final class MachineSpeed {

  private static final int PRODUCT_ROWS = 512;
  private static final int MEASUREMENTS = 3;

  private final Map<String, Double> gigaflops = new HashMap<>();
  private Optional<Dtype> fastest = Optional.empty();

  /** The element type that a run would take. */
  Dtype dtype(GeneralSection general, Path manifest) {
    boolean free =
        general.dtype() == GeneralSection.Dtype.AUTO
            && general.tuning() != Tuning.FULL
            && !Files.exists(manifest);
    if (!free) {
      return RunEnvironment.dtype(general, manifest, Device.CPU);
    }
    if (fastest.isEmpty()) {
      fastest = Optional.of(DtypeChoice.fastest(Device.CPU));
    }
    return fastest.get();
  }

  /** Of products of the model's own width: those of a narrow model are slower. */
  double gigaflops(Dtype dtype, BlockShape shape) {
    return gigaflops.computeIfAbsent(
        dtype + " " + shape.hidden() + " " + shape.inner(), key -> measured(dtype, shape));
  }

  private static double measured(Dtype dtype, BlockShape shape) {
    double best = 0;
    for (int i = 0; i < MEASUREMENTS; i++) {
      best =
          Math.max(
              best,
              DtypeChoice.gigaflops(
                  Device.CPU, dtype, PRODUCT_ROWS, shape.hidden(), shape.inner()));
    }
    return best;
  }
}
