package io.arete.rlaif.stage;

import com.sun.management.OperatingSystemMXBean;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.LoraSettings;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps whole passes where they fit into a quarter of the machine's memory, by estimate. */
final class MemoryChoice {

  private static final int SHARE = 4;

  private MemoryChoice() {}

  static Backpropagation of(DecoderModel model, LoraSettings lora, int tokensPerPass) {
    Set<Projection> targets =
        lora.targets().stream()
            .map(target -> Projection.valueOf(target.name()))
            .collect(Collectors.toSet());
    long kept =
        tokensPerPass
            * MemoryFormulas.activationsOfToken(
                DecoderSizes.of(model.config()),
                model.dtype() == Dtype.FLOAT32
                    ? MemoryFormulas.BaseForm.FLOAT32
                    : MemoryFormulas.BaseForm.BFLOAT16,
                lora.rank(),
                targets);
    return kept <= machineBytes() / SHARE ? Backpropagation.RECORDED : Backpropagation.BLOCKWISE;
  }

  private static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
