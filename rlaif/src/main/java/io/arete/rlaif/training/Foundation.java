package io.arete.rlaif.training;

import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.TrainableWeights;
import io.arete.rlaif.config.GeneralSection.Tuning;
import io.arete.rlaif.config.LoraSettings;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training begins with: the plain base, or what supervised fine-tuning made of it. By the
 * recipe's {@code tuning}, trainees are fresh adapters over it or copies of its weights.
 */
public final class Foundation implements AutoCloseable {

  private final StageContext context;
  private final AdapterStack below;
  private final FrozenStack frozenBelow;
  private final Path weights;
  private final FrozenStack plain;
  private final StackedModel frozen;

  private Foundation(StageContext context, AdapterStack below, Path weights) {
    DecoderModel base = context.model().decoder();
    this.context = context;
    this.below = below;
    this.weights = weights;
    this.frozenBelow = below.frozen(base.config().layers(), base.dtype());
    this.plain = AdapterStack.BASE.frozen(base.config().layers(), base.dtype());
    this.frozen =
        weights.equals(context.model().folder())
            ? StackedModel.over(base, frozenBelow)
            : StackedModel.open(weights, base);
  }

  /** The plain base. */
  public static Foundation base(StageContext context) {
    return new Foundation(context, AdapterStack.BASE, context.model().folder());
  }

  /**
   * What supervised fine-tuning left; the base if the recipe turns it off.
   *
   * @throws io.arete.engine.AreteException if the stage has not left anything
   */
  public static Foundation tuned(StageContext context) {
    if (!context.recipe().sft().enabled()) {
      return base(context);
    }
    Path folder = context.folder().stage(Stage.SFT);
    if (context.recipe().general().tuning() == Tuning.FULL) {
      return new Foundation(context, AdapterStack.BASE, folder);
    }
    DecoderModel base = context.model().decoder();
    Adapter adapter = AdapterFiles.read(folder, base.config(), base.device());
    return new Foundation(context, new AdapterStack(List.of(adapter)), context.model().folder());
  }

  /** The model itself, for inference; lives until this is closed. */
  public StackedModel frozen() {
    return frozen;
  }

  /**
   * A trainee that does not differ from this yet; its heads are zero. The caller closes it before
   * this.
   *
   * @param lora the adapter's settings, where adapters are trained
   * @param seed of an adapter's first weights
   * @param tokensPerPass the most distinct tokens of a pass
   */
  public Trainee trainee(LoraSettings lora, int heads, long seed, int tokensPerPass) {
    DecoderModel base = context.model().decoder();
    if (context.recipe().general().tuning() == Tuning.FULL) {
      return new WholeTrainee(
          TrainableWeights.of(weights, heads, base.device()),
          weights,
          MemoryChoice.whole(context, tokensPerPass));
    }
    Adapter adapter =
        Adapter.fresh(
            LoraForm.of(lora, base.config().family()), base.config(), heads, seed, base.device());
    return new AdapterTrainee(
        base,
        context.recipe().general().base().toString(),
        below.with(adapter),
        frozenBelow,
        MemoryChoice.of(context, lora, tokensPerPass));
  }

  /**
   * A trainee that begins as an adapter that was written here, with its head: adapters in PEFT form
   * stand on the plain base, so all of it is trained. The caller closes it before this.
   *
   * @param folder the adapter's
   * @param lora settings of a like adapter, by which memory is reckoned
   * @param tokensPerPass the most distinct tokens of a pass
   * @throws io.arete.engine.AreteException if the folder holds no adapter of the base
   */
  public Trainee written(Path folder, LoraSettings lora, int tokensPerPass) {
    DecoderModel base = context.model().decoder();
    Adapter adapter = AdapterFiles.read(folder, base.config(), base.device());
    return new AdapterTrainee(
        base,
        context.recipe().general().base().toString(),
        new AdapterStack(List.of(adapter)),
        plain,
        MemoryChoice.of(context, lora, tokensPerPass));
  }

  @Override
  public void close() {
    frozen.close();
    plain.close();
    frozenBelow.close();
    below.adapters().forEach(Adapter::close);
  }
}
