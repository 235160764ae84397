package io.arete.rlaif.estimate;

import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.estimate.PassMemory.Learned;
import io.arete.rlaif.training.LoraForm;
import io.arete.rlaif.training.MemoryChoice;
import java.util.Set;

/**
 * What the models of a run hold, and what passes through them do: the base, and what stands on it
 * by the recipe's {@code tuning}.
 */
final class ModelMemory {

  /** In float32 a pass was measured to hold so much more than its formula says; docs/memory.md. */
  private static final double FLOAT32_MORE = 1.2;

  private static final int FLOAT32_BYTES = 4;

  /** Rows of logits that a lane takes derivatives of at once, as the engine does. */
  private static final int LOGIT_ROWS = 256;

  /**
   * A base of four bits with layers of so many weights computes in one lane, as the engine does.
   */
  private static final long LARGE_LAYER = 1L << 24;

  private final GeneralSection general;
  private final ModelConfig config;
  private final Machine machine;
  private final DecoderSizes sizes;
  private final Precision precision;
  private final PassMemory passes;
  private final int lanes;

  ModelMemory(GeneralSection general, ModelConfig config, Machine machine) {
    this.general = general;
    this.config = config;
    this.machine = machine;
    this.sizes = DecoderSizes.of(config);
    this.precision = precision(general.tuning(), machine);
    this.passes = new PassMemory(sizes, precision);
    boolean large = (long) config.shape().hidden() * config.shape().inner() >= LARGE_LAYER;
    boolean one = precision == Precision.NF4 && large && machine.dtype() == Dtype.BFLOAT16;
    this.lanes = one ? 1 : machine.threads();
  }

  private static Precision precision(Tuning tuning, Machine machine) {
    return switch (tuning) {
      case QLORA -> Precision.NF4;
      case FULL -> Precision.FLOAT32;
      case LORA -> {
        if (machine.fourBits()) {
          yield Precision.NF4;
        }
        yield machine.dtype() == Dtype.FLOAT32 ? Precision.FLOAT32 : Precision.BFLOAT16;
      }
    };
  }

  /** Whether all weights are tuned. */
  boolean whole() {
    return general.tuning() == Tuning.FULL;
  }

  /** Passes of a batch that live at once. */
  int side() {
    return whole() ? machine.threads() : 1;
  }

  /** The frozen base. */
  double base() {
    return weights(sizes);
  }

  /** Another model in the base's form. */
  double weights(DecoderSizes other) {
    return MemoryFormulas.weights(other, precision)
        + (precision == Precision.NF4 && machine.dtype() == Dtype.FLOAT32
            ? (double) other.other() * (FLOAT32_BYTES - precision.elementBytes())
            : 0);
  }

  /** Layers and head once more, packed; layers of four bits are not. */
  double packed() {
    if (!machine.packs()) {
      return 0;
    }
    double head = (double) config.vocabulary() * config.shape().hidden();
    double layers = precision == Precision.NF4 ? 0 : sizes.linear();
    return elementBytes() * (layers + head);
  }

  /** A model that is only read: an adapter, once more joined with those below; or all weights. */
  double frozen(LoraSettings adapter) {
    return whole()
        ? MemoryFormulas.weights(sizes, Precision.FLOAT32)
        : parameters(adapter) * (FLOAT32_BYTES + elementBytes());
  }

  /** A model that learns: its weights, its gradients also in each lane, and AdamW's moments. */
  Parts learning(LoraSettings adapter) {
    long parameters = parameters(adapter);
    return Parts.NONE
        .plus(Part.MODELS, (double) MemoryFormulas.adapter(parameters))
        .plus(
            Part.TRAINING,
            MemoryFormulas.gradients(parameters) * (1.0 + lanes)
                + MemoryFormulas.optimizer(parameters));
  }

  /** Weights of an adapter, or all. */
  long parameters(LoraSettings adapter) {
    LoraConfig form = LoraForm.of(adapter, config.family());
    return whole()
        ? sizes.parameters()
        : MemoryFormulas.adapterParameters(sizes, form.rank(), form.targets());
  }

  /**
   * Passes that learn, with the logits of those tokens that are learned.
   *
   * @param tokens that live at once
   * @param tokensPerPass by the recipe
   * @param logits rows whose logits are needed; 0 for a scalar head
   */
  double learningPass(LoraSettings adapter, double tokens, int tokensPerPass, double logits) {
    Learned learned = learned(adapter);
    boolean recorded = mode(adapter, tokensPerPass) == Backpropagation.RECORDED;
    double pass =
        recorded
            ? passes.recorded(learned, tokens) + (expands() ? kept() : 0)
            : passes.blockwise(learned, tokens) + passes.expanded(lanes);
    double rows = Math.min(logits, (double) lanes * LOGIT_ROWS);
    return held(pass) + passes.logitsLearned(rows, config.vocabulary());
  }

  /** What training keeps of a pass, as the training itself chooses. */
  Backpropagation mode(LoraSettings adapter, int tokensPerPass) {
    // A recorded pass keeps every layer in full, which is what four bits are to save.
    long kept =
        expands()
            ? Long.MAX_VALUE
            : tokensPerPass
                * MemoryFormulas.activationsOfToken(
                    sizes, precision, learned(adapter).rank(), learned(adapter).targets());
    return MemoryChoice.choose(general.memory(), kept, machine.memoryBytes());
  }

  /** A pass that learns nothing, with logits of some rows. */
  double readingPass(double tokens, double logits) {
    double rows = Math.min(logits, (double) lanes * LOGIT_ROWS);
    return held(passes.reading(tokens))
        + passes.scratch(lanes)
        + passes.logitsRead(rows, config.vocabulary());
  }

  /** Keys and values of conversations under way. */
  double cache(double rows, double tokens) {
    return passes.cache(rows, tokens);
  }

  private Learned learned(LoraSettings adapter) {
    if (whole()) {
      return new Learned(0, Set.copyOf(config.family().projections()), 0);
    }
    LoraConfig form = LoraForm.of(adapter, config.family());
    return new Learned(form.rank(), form.targets(), form.dropout());
  }

  /** Whether layers are held in four bits and expanded for each product. */
  boolean expands() {
    return precision == Precision.NF4;
  }

  /** All layers out of four bits, which a recorded pass keeps in each lane. */
  private double kept() {
    return passes.expanded(lanes) * sizes.layers();
  }

  private double held(double pass) {
    return pass * (machine.dtype() == Dtype.FLOAT32 || whole() ? FLOAT32_MORE : 1);
  }

  private int elementBytes() {
    return whole() || machine.dtype() == Dtype.FLOAT32 ? FLOAT32_BYTES : FLOAT32_BYTES / 2;
  }
}
