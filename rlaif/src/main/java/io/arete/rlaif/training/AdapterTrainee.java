package io.arete.rlaif.training;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.StackExport;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An adapter on top of a stack over a frozen base. Each pass runs in lanes by itself. */
final class AdapterTrainee implements Trainee {

  private final DecoderModel base;
  private final String baseName;
  private final AdapterStack stack;
  private final FrozenStack below;
  private final Backpropagation backpropagation;

  /**
   * Over a base.
   *
   * @param baseName what the written adapter shall name as its base
   * @param stack its top is trained and closed with this; what is below is borrowed
   * @param below the stack without its top, frozen in the base's element type; borrowed
   */
  AdapterTrainee(
      DecoderModel base,
      String baseName,
      AdapterStack stack,
      FrozenStack below,
      Backpropagation backpropagation) {
    this.base = base;
    this.baseName = baseName;
    this.stack = stack;
    this.below = below;
    this.backpropagation = backpropagation;
  }

  @Override
  public FlatParameters parameters() {
    return stack.top().parameters();
  }

  @Override
  public List<ScalarHead> heads() {
    return stack.top().heads();
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public <R> List<R> learn(List<LearningPass<R>> passes) {
    List<R> said = new ArrayList<>();
    for (LearningPass<R> one : passes) {
      try (Scope scope = Scope.open()) {
        TrunkPass pass = one.done().orElseGet(() -> forward(one.forest(), one.dropout()));
        LearningPass.Learned<R> learned =
            one.reading().of(new LearningPass.Learner(base, heads()), pass.hidden());
        pass.backward(learned.hiddenGradient());
        said.add(learned.said());
      }
    }
    return said;
  }

  private TrunkPass forward(Forest forest, Optional<CountedRandom> dropout) {
    Adapters live = stack.training(below, dropout.orElse(null));
    return TrunkPass.forward(base, forest, live, backpropagation);
  }

  @Override
  public Optional<TrunkPass> forward(Forest forest) {
    return Optional.of(forward(forest, Optional.empty()));
  }

  @Override
  public StackedModel frozen() {
    return StackedModel.frozen(base, stack);
  }

  @Override
  public void write(Path folder, Optional<ScalarHead> head) {
    Adapter top = stack.top();
    if (stack.adapters().size() == 1 && top.heads().size() == (head.isPresent() ? 1 : 0)) {
      AdapterFiles.write(folder, top, baseName);
      return;
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open();
        Adapter joined = StackExport.join(stack, base.config(), head)) {
      AdapterFiles.write(folder, joined, baseName);
    }
  }

  @Override
  public void close() {
    stack.top().close();
  }
}
