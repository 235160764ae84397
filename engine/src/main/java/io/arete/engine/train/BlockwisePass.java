package io.arete.engine.train;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What goes into each block is kept; each is computed again on the way back. Dropout masks are
 * drawn by key, so the second time gives the same numbers.
 *
 * @param states what goes into each block, then what comes out of the last
 */
record BlockwisePass(DecoderModel model, Forest part, Adapters adapters, List<Tensor> states)
    implements LanePass {

  static BlockwisePass forward(DecoderModel model, Forest part, Adapters adapters) {
    List<Tensor> states = new ArrayList<>();
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      states.add(model.embed(part.ids(), part.positions()).own());
      for (UnaryOperator<Tensor> block : model.blocks(part, adapters)) {
        try (Scope step = Scope.open()) {
          states.add(block.apply(states.get(states.size() - 1)).own());
        }
      }
    } catch (RuntimeException e) {
      states.forEach(Tensor::close);
      throw e;
    }
    return new BlockwisePass(model, part, adapters, states);
  }

  @Override
  public void adopt() {
    states.forEach(Tensor::adopt);
  }

  @Override
  public Tensor output() {
    return states.get(states.size() - 1);
  }

  @Override
  public void backward(Tensor gradient) {
    try (Scope scope = Scope.open()) {
      List<UnaryOperator<Tensor>> blocks = model.blocks(part, adapters);
      // Each gradient is freed as soon as the next is there: a scope would keep one for every
      // block.
      Tensor above = gradient.own();
      try {
        for (int layer = blocks.size() - 1; layer >= 0; layer--) {
          try (Scope step = Scope.open()) {
            Tensor input = states.get(layer).detach();
            // Below the first block of a frozen base nothing learns.
            boolean onward = layer > 0 || model.trained();
            Tensor output = blocks.get(layer).apply(onward ? input.requireGradient() : input);
            output.backward(above);
            if (onward) {
              Tensor below = input.gradient().own();
              above.close();
              above = below;
            }
          }
        }
        if (model.trained()) {
          model.embed(part.ids(), part.positions()).backward(above);
        }
      } finally {
        above.close();
      }
    }
  }
}
