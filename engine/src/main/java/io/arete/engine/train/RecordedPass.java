package io.arete.engine.train;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;

/** The graph of all blocks is kept. */
record RecordedPass(Tensor output) implements LanePass {

  static RecordedPass forward(DecoderModel model, Forest part, Adapters adapters) {
    try (Scope scope = Scope.open()) {
      return new RecordedPass(model.trunk(part, adapters).own());
    }
  }

  @Override
  public void adopt() {
    output.adopt();
  }

  @Override
  public void backward(Tensor gradient) {
    try (Scope scope = Scope.open()) {
      output.backward(gradient);
    }
  }
}
