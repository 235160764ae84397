package io.arete.cli.bench;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is measured: a model, and the speed of plain products here.
 *
 * @param ceiling 10⁹ operations a second in the model's element type
 */
record Subject(DecoderModel model, double ceiling) {

  /** The study's adapted layers: q and v, or all three where one layer gives them. */
  static final Set<Projection> STUDY_TARGETS =
      Collections.unmodifiableSet(EnumSet.of(Projection.Q, Projection.V, Projection.QKV));

  private static final double HEAD_SD = 0.02;

  /** Drawn token ids: speed does not depend on what they say. */
  int[] ids(int length, String key, int index) {
    CountedRandom draws = CountedRandom.of(1).at(key).at(index);
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = draws.below(model.config().vocabulary(), i);
    }
    return ids;
  }

  /**
   * An adapter like that of the study: rank 8 on {@link #STUDY_TARGETS}, dropout 0.1, with a head.
   */
  Adapter adapter(long seed) {
    return adapter(seed, STUDY_TARGETS);
  }

  /** As {@link #adapter(long)}, on those of {@code wanted} that the model has. */
  Adapter adapter(long seed, Set<Projection> wanted) {
    EnumSet<Projection> targets = EnumSet.copyOf(wanted);
    targets.retainAll(model.config().family().projections());
    LoraConfig config = LoraConfig.of(8, 32, 0.1, targets);
    Adapter adapter = Adapter.fresh(config, model.config(), 1, seed, model.device());
    try (Scope scope = Scope.open()) {
      Tensor head = adapter.parameters().get(Adapter.HEAD);
      head.copyInPlace(Tensors.normal(model.device(), seed, HEAD_SD, 1, head.size(1)));
    }
    return adapter;
  }

  /**
   * Operations of one forward pass through the blocks, in 10⁹: two a weight and token, and four a
   * channel and visible key. The same again is what the gradients of the inputs of frozen layers
   * cost, where attention costs twice its forward pass.
   */
  double forwardGigaflops(Forest forest) {
    return 2e-9 * weights() * forest.tokens() + attentionGigaflops(forest);
  }

  /** As {@link #forwardGigaflops}, forward and backward. */
  double trainingGigaflops(Forest forest) {
    return 4e-9 * weights() * forest.tokens() + 3 * attentionGigaflops(forest);
  }

  /** Operations of the head on some rows, in 10⁹. */
  double headGigaflops(long rows) {
    ModelConfig config = model.config();
    return 2e-9 * rows * config.vocabulary() * config.shape().hidden();
  }

  /** 10⁹ bytes of weights that a step of generation reads: linear layers and the head. */
  double stepGigabytes() {
    ModelConfig config = model.config();
    double head = (double) config.vocabulary() * config.shape().hidden();
    return 1e-9 * (weights() + head) * model.dtype().bytes();
  }

  private double attentionGigaflops(Forest forest) {
    ModelConfig config = model.config();
    double visible = 0;
    for (int position : forest.positions()) {
      visible += Math.min(position + 1, config.window());
    }
    double channels = (double) config.shape().heads() * config.shape().headWidth();
    return 4e-9 * visible * channels * config.layers();
  }

  private double weights() {
    BlockShape shape = model.config().shape();
    double block = 0;
    for (Projection projection : model.config().family().projections()) {
      block += (double) shape.inputs(projection) * shape.outputs(projection);
    }
    return block * model.config().layers();
  }
}
