package io.arete.engine.train;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Tensor;

/**
 * One forward pass of a forest through the blocks, ready to be sent backward once. Lives in the
 * caller's scope.
 */
public final class TrunkPass {

  private final Tensor output;
  private final Tensor hidden;

  private TrunkPass(Tensor output) {
    this.output = output;
    this.hidden = output.detach();
  }

  /** Runs the blocks, recording what the live adapter needs. */
  public static TrunkPass forward(DecoderModel model, Forest forest, Adapters adapters) {
    return new TrunkPass(model.trunk(forest, adapters));
  }

  /** Hidden states before the final normalisation, {@code [tokens, hidden]}, outside the graph. */
  public Tensor hidden() {
    return hidden;
  }

  /** Adds to the live adapter's gradients, given {@code ∂loss/∂hidden [tokens, hidden]}. */
  public void backward(Tensor hiddenGradient) {
    output.backward(hiddenGradient.to(output.dtype()));
  }
}
