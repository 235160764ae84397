package io.arete.rlaif.recipe;

import io.arete.engine.AreteException;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What results depend on beside recipe and data. */
final class RunEnvironment {

  private static final String DTYPE = "dtype";
  private static final String TUNING = "tuning";

  private RunEnvironment() {}

  /** The element type; a run that has begun keeps its own, since measuring again may differ. */
  static Dtype dtype(GeneralSection general, RunFolder folder, Device device) {
    return dtype(general, folder.manifest(), device);
  }

  /**
   * As the other.
   *
   * @param manifest run.json, which may not be there yet
   */
  static Dtype dtype(GeneralSection general, Path manifest, Device device) {
    return dtype(general, List.of(manifest), device);
  }

  /**
   * As the other.
   *
   * @param manifests run.json of this run, then of those with which it shall agree; they may not be
   *     there yet
   */
  static Dtype dtype(GeneralSection general, List<Path> manifests, Device device) {
    if (general.tuning() == Tuning.FULL) {
      if (general.dtype() == GeneralSection.Dtype.BFLOAT16) {
        throw new AreteException(
            "tuning is full, which computes in float32, but dtype is bfloat16; set dtype to float32"
                + " or auto.");
      }
      return Dtype.FLOAT32;
    }
    return switch (general.dtype()) {
      case FLOAT32 -> Dtype.FLOAT32;
      case BFLOAT16 -> Dtype.BFLOAT16;
      case AUTO -> begun(manifests, device);
    };
  }

  /** Everything by name, as run.json keeps it. */
  static Map<String, String> of(Map<String, String> versions, Dtype dtype, Tuning tuning) {
    Map<String, String> environment = new TreeMap<>(versions);
    environment.put(DTYPE, word(dtype));
    environment.put(TUNING, word(tuning));
    environment.put("threads", Integer.toString(Threads.count()));
    environment.put("processor", Threads.processor());
    return environment;
  }

  /** How the base's linear layers are held. */
  static BaseForm form(Tuning tuning) {
    return tuning == Tuning.QLORA ? BaseForm.NF4 : BaseForm.DENSE;
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static Dtype begun(List<Path> manifests, Device device) {
    for (Path manifest : manifests) {
      if (Files.exists(manifest)) {
        Map<String, String> before = RunManifest.read(manifest).environment();
        for (Dtype dtype : new Dtype[] {Dtype.FLOAT32, Dtype.BFLOAT16}) {
          // Where all weights are tuned, the element type was no choice.
          if (word(dtype).equals(before.get(DTYPE))
              && !word(Tuning.FULL).equals(before.get(TUNING))) {
            return dtype;
          }
        }
      }
    }
    return DtypeChoice.fastest(device);
  }
}
