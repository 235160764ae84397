package io.arete.engine.train;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;

/** Scores of a scalar head at given tokens; final normalisation and head in float32. */
public final class ScalarReadout {

  private final DecoderModel model;
  private final ScalarHead head;

  /** Reads with one head. */
  public ScalarReadout(DecoderModel model, ScalarHead head) {
    this.model = model;
    this.head = head;
  }

  /** Scores at {@code rows} of {@code hidden [tokens, hidden]}. */
  public double[] read(Tensor hidden, int[] rows) {
    if (rows.length == 0) {
      return new double[0];
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor chosen = hidden.indexSelect(0, Tensors.indices(model.device(), rows));
      return head.score(model.normWide(chosen)).toDoubles();
    }
  }

  /**
   * As {@link #read}, and sends the formula's derivatives back: to the hidden states, and to the
   * head if it is trained.
   */
  public Readout readAndDerive(Tensor hidden, int[] rows, Derivative formula) {
    Tensor gradient = Tensors.zeros(model.device(), Dtype.FLOAT32, hidden.size(0), hidden.size(1));
    if (rows.length == 0) {
      return new Readout(new double[0], gradient);
    }
    try (Scope scope = Scope.open()) {
      Tensor index = Tensors.indices(model.device(), rows);
      Tensor chosen = hidden.indexSelect(0, index).detach().requireGradient();
      Tensor scores = head.score(model.normWide(chosen));
      double[] values = scores.toDoubles();
      scores.backward(Derivatives.tensor(model.device(), formula.at(0, values)));
      gradient.indexAddInPlace(0, index, chosen.gradient().to(Dtype.FLOAT32));
      return new Readout(values, gradient);
    }
  }
}
