package io.arete.rlaif.training;

import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.stage.StageContext;
import java.util.Set;

/**
 * What a training needs, by the formulas of docs/memory.md: nothing is measured.
 *
 * @param peakBytes weights, what is trained with gradients and optimizer, and what a pass keeps
 * @param flopOfToken floating-point operations of one token there and back, in linear layers
 */
public record MemoryEstimate(long peakBytes, long flopOfToken) {

  /** Weight, gradient and AdamW's two moments, float32 each. */
  private static final int BYTES_OF_TRAINED_WEIGHT = 16;

  private static final int FLOAT32_BYTES = 4;

  /** Two operations a weight there, two back; two more for the weights' own gradients or anew. */
  private static final int FROZEN_PASS = 4;

  private static final int WHOLE_PASS = 6;

  /**
   * The estimate for one training.
   *
   * @param lora the adapter's settings, where adapters are trained
   * @param tokensPerPass the recipe's, by which whole passes or blocks are kept
   * @param passTokens tokens of the largest pass
   */
  public static MemoryEstimate of(
      StageContext context, LoraSettings lora, int tokensPerPass, long passTokens) {
    DecoderModel base = context.model().decoder();
    ModelConfig config = base.config();
    DecoderSizes sizes = DecoderSizes.of(config);
    if (context.recipe().general().tuning() == Tuning.FULL) {
      long ofToken =
          MemoryFormulas.activationsOfToken(
              sizes, Precision.FLOAT32, 0, Set.copyOf(config.family().projections()));
      long kept = kept(MemoryChoice.whole(context, tokensPerPass), config, ofToken);
      return new MemoryEstimate(
          sizes.parameters() * BYTES_OF_TRAINED_WEIGHT + passTokens * kept,
          WHOLE_PASS * sizes.linear());
    }
    LoraConfig form = LoraForm.of(lora, config.family());
    Precision precision =
        base.quantised()
            ? Precision.NF4
            : base.dtype() == Dtype.FLOAT32 ? Precision.FLOAT32 : Precision.BFLOAT16;
    long ofToken = MemoryFormulas.activationsOfToken(sizes, precision, form.rank(), form.targets());
    Backpropagation way = MemoryChoice.of(context, lora, tokensPerPass);
    long trained = MemoryFormulas.adapterParameters(sizes, form.rank(), form.targets());
    return new MemoryEstimate(
        MemoryFormulas.weights(sizes, precision)
            + trained * BYTES_OF_TRAINED_WEIGHT
            + passTokens * kept(way, config, ofToken),
        (way == Backpropagation.RECORDED ? FROZEN_PASS : WHOLE_PASS) * sizes.linear());
  }

  /** Bytes kept of a token: of all blocks, or each block's input and all of one block. */
  private static long kept(Backpropagation way, ModelConfig config, long ofAllBlocks) {
    return way == Backpropagation.RECORDED
        ? ofAllBlocks
        : (long) config.layers() * config.shape().hidden() * FLOAT32_BYTES
            + ofAllBlocks / config.layers();
  }
}
