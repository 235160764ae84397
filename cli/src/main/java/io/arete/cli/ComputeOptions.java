package io.arete.cli;

import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.DtypeChoice;
import io.arete.engine.tensor.Threads;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How a model computes: the options of every command that loads one. */
final class ComputeOptions {

  private static final int MOST_THREADS = 1024;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      converter = TypeName.class,
      defaultValue = "float32",
      description =
          "Element type of the base's weights: float32 (default), bfloat16, or auto for the one"
              + " that is faster on this machine.")
  private TypeChoice type;

  @Option(
      names = "--quantize",
      paramLabel = "FORM",
      defaultValue = "dense",
      description =
          "Hold the weights of linear layers in four bits: nf4 (with scales in eight bits) or"
              + " nf4_single (scales in float32); dense by default. A folder that is quantised"
              + " already stays as it is.")
  private BaseForm form;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads to compute with (default: as many as there are cores).")
  private @Nullable Integer threads;

  /** Measured once, so that what is written down is what computes. */
  private @Nullable Dtype chosen;

  /** Where the model shall live. */
  Device device() {
    return Device.best();
  }

  /** How the base's linear layers shall be held. */
  BaseForm form() {
    return form;
  }

  /** What decides the last bits, in words; of auto, the type that it chose. */
  String numbers() {
    return (prepare() + " " + form).toLowerCase(Locale.ROOT);
  }

  /** Sets the number of threads and returns the element type; call it before a model is loaded. */
  Dtype prepare() {
    if (chosen == null) {
      if (threads != null) {
        Ranges.require(spec, "--threads", threads, 1, MOST_THREADS);
        Threads.use(threads);
      }
      chosen =
          switch (type) {
            case FLOAT32 -> Dtype.FLOAT32;
            case BFLOAT16 -> Dtype.BFLOAT16;
            case AUTO -> DtypeChoice.fastest(device());
          };
    }
    return chosen;
  }

  /** What may be chosen. */
  enum TypeChoice {
    FLOAT32,
    BFLOAT16,
    AUTO
  }

  /** Reads a choice in the spelling of the help. */
  static final class TypeName implements ITypeConverter<TypeChoice> {

    @Override
    public TypeChoice convert(String value) {
      for (TypeChoice choice : TypeChoice.values()) {
        if (choice.name().toLowerCase(Locale.ROOT).equals(value)) {
          return choice;
        }
      }
      throw new TypeConversionException("'" + value + "' is none of float32, bfloat16 and auto");
    }
  }
}
