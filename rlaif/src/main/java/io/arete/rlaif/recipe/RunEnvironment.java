package io.arete.rlaif.recipe;

import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What results depend on beside recipe and data. */
final class RunEnvironment {

  private static final String DTYPE = "dtype";

  private RunEnvironment() {}

  /** The element type; a run that has begun keeps its own, since measuring again may differ. */
  static Dtype dtype(GeneralSection.Dtype asked, RunFolder folder, Device device) {
    return switch (asked) {
      case FLOAT32 -> Dtype.FLOAT32;
      case BFLOAT16 -> Dtype.BFLOAT16;
      case AUTO -> begun(folder, device);
    };
  }

  /** Everything by name, as run.json keeps it. */
  static Map<String, String> of(Map<String, String> versions, Dtype dtype, BaseForm form) {
    Map<String, String> environment = new TreeMap<>(versions);
    environment.put(DTYPE, word(dtype));
    if (form != BaseForm.DENSE) {
      environment.put("base_form", word(form));
    }
    environment.put("threads", Integer.toString(Threads.count()));
    environment.put("processor", Threads.processor());
    return environment;
  }

  /** What the engine calls the form that a recipe asks for. */
  static BaseForm form(GeneralSection.BaseForm asked) {
    return switch (asked) {
      case DENSE -> BaseForm.DENSE;
      case NF4 -> BaseForm.NF4;
      case NF4_SINGLE -> BaseForm.NF4_SINGLE;
    };
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static Dtype begun(RunFolder folder, Device device) {
    if (Files.exists(folder.manifest())) {
      String before = RunManifest.read(folder.manifest()).environment().getOrDefault(DTYPE, "");
      for (Dtype dtype : new Dtype[] {Dtype.FLOAT32, Dtype.BFLOAT16}) {
        if (word(dtype).equals(before)) {
          return dtype;
        }
      }
    }
    return DtypeChoice.fastest(device);
  }
}
