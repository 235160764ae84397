package io.arete.rlaif.training;

import com.sun.management.OperatingSystemMXBean;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.stage.StageContext;
import java.lang.management.ManagementFactory;
import java.util.Set;

/** What training keeps of a pass to go back through it: the recipe's {@code memory}. */
public final class MemoryChoice {

  /** Whole passes may keep one part in so many of the machine's memory. */
  private static final int SHARE = 4;

  private MemoryChoice() {}

  /**
   * What a pass keeps while an adapter is trained. It changes time and memory, not the result.
   *
   * @param tokensPerPass the most distinct tokens of a pass
   */
  public static Backpropagation of(StageContext context, LoraSettings lora, int tokensPerPass) {
    DecoderModel base = context.model().decoder();
    // A recorded pass keeps every layer in full, which is what four bits are to save.
    long kept = base.quantised() ? Long.MAX_VALUE : tokensPerPass * bytesOfToken(base, lora);
    return choose(context, kept);
  }

  /** What a pass keeps while all weights are trained: all that linear layers read. */
  static Backpropagation whole(StageContext context, int tokensPerPass) {
    ModelConfig config = context.model().decoder().config();
    return choose(
        context,
        tokensPerPass
            * MemoryFormulas.activationsOfToken(
                DecoderSizes.of(config),
                Precision.FLOAT32,
                0,
                Set.copyOf(config.family().projections())));
  }

  private static Backpropagation choose(StageContext context, long kept) {
    return choose(context.recipe().general().memory(), kept, machineBytes());
  }

  /**
   * What a pass keeps.
   *
   * @param asked by the recipe
   * @param kept bytes of a pass that keeps everything, by estimate
   * @param machine bytes of all memory
   */
  public static Backpropagation choose(GeneralSection.Memory asked, long kept, long machine) {
    return switch (asked) {
      case FAST -> Backpropagation.RECORDED;
      case LOW -> Backpropagation.BLOCKWISE;
      case AUTO -> kept <= machine / SHARE ? Backpropagation.RECORDED : Backpropagation.BLOCKWISE;
    };
  }

  private static long bytesOfToken(DecoderModel model, LoraSettings lora) {
    LoraConfig form = LoraForm.of(lora, model.config().family());
    return MemoryFormulas.activationsOfToken(
        DecoderSizes.of(model.config()),
        model.dtype() == Dtype.FLOAT32 ? Precision.FLOAT32 : Precision.BFLOAT16,
        form.rank(),
        form.targets());
  }

  /** All memory of the machine, or of the container. */
  public static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
