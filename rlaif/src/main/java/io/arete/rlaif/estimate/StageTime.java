package io.arete.rlaif.estimate;

import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.train.Backpropagation;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.run.Stage;

/**
 * How long a stage's work takes, roughly: its operations at a share of the speed of plain matrix
 * products, and what each step of generation costs however small the model. docs/memory.md says how
 * far this was from measured runs.
 */
final class StageTime {

  /** Shares of the speed of plain products, as whole runs had them; docs/memory.md. */
  private static final double LEARNING = 0.4;

  private static final double READING = 0.6;
  private static final double SAMPLING = 0.35;

  /** Seconds of a step of generation in each block, beyond its products. */
  private static final double STEP = 0.4e-3;

  /** Bytes of four-bit weights that are expanded in a second. */
  private static final double EXPANDED = 1e9;

  /** Tokens of a pass through a base of four bits, which expands it once. */
  private static final double PASS = 2048;

  private final Recipe recipe;
  private final DecoderSizes sizes;
  private final ModelMemory model;
  private final Operations operations;
  private final double perSecond;

  /**
   * Of a recipe.
   *
   * @param gigaflops 10⁹ operations a second of plain products
   */
  StageTime(Recipe recipe, ModelConfig config, Machine machine, double gigaflops) {
    this.recipe = recipe;
    this.sizes = DecoderSizes.of(config);
    this.model = new ModelMemory(recipe.general(), config, machine);
    this.operations = new Operations(sizes, config.vocabulary());
    this.perSecond = gigaflops * 1e9;
  }

  /** Seconds. */
  double seconds(Stage stage, Work work) {
    boolean again = again(stage);
    double reading =
        work.read() * operations.forward(work.context()) + work.logitsRead() * operations.logits();
    double learning =
        work.learned() * operations.learning(work.context(), again, model.whole())
            + work.logitsLearned() * operations.logits() * (model.whole() ? 3 : 2);
    double sampling = work.sampled() * (operations.forward(work.context()) + operations.logits());
    double passes = work.read() / PASS + work.learned() / PASS * (again ? 3 : 2);
    return reading / (READING * perSecond)
        + learning / (LEARNING * perSecond)
        + sampling / (SAMPLING * perSecond)
        + work.steps() * sizes.layers() * STEP
        + (passes + work.steps()) * expanding();
  }

  private double expanding() {
    return model.expands() ? sizes.linear() / 2.0 / EXPANDED : 0;
  }

  /** Whether blocks are computed a second time on the way back. */
  private boolean again(Stage stage) {
    Backpropagation mode =
        switch (stage) {
          case SFT -> model.mode(recipe.sft().lora(), recipe.sft().tokensPerPass());
          case REWARD -> model.mode(recipe.reward().lora(), recipe.reward().tokensPerPass());
          case PPO -> model.mode(recipe.ppo().lora(), recipe.ppo().update().tokensPerPass());
          case FEEDBACK, EVALUATION, ATTACK -> Backpropagation.RECORDED;
        };
    return mode == Backpropagation.BLOCKWISE;
  }
}
