package io.arete.engine.train;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;

/**
 * Log-probabilities of given tokens, a few rows of logits at a time: with a large vocabulary the
 * logits of a whole batch would be the largest thing in memory.
 */
public final class ChunkedLogProbs {

  private static final int ROWS = 256;

  private final DecoderModel model;
  private final double temperature;

  /**
   * Reads from a model's head.
   *
   * @param temperature divides the logits, above 0
   */
  public ChunkedLogProbs(DecoderModel model, double temperature) {
    this.model = model;
    this.temperature = temperature;
  }

  /**
   * Log-probability of {@code targets[i]} after the token of row {@code rows[i]}.
   *
   * @param hidden {@code [tokens, hidden]}, before the final normalisation
   * @param rows flat indices
   * @param targets token ids, as many
   */
  public double[] read(Tensor hidden, int[] rows, int[] targets) {
    double[] values = new double[rows.length];
    for (int from = 0; from < rows.length; from += chunk(rows.length)) {
      int to = Math.min(rows.length, from + chunk(rows.length));
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        Tensor chunk = hidden.indexSelect(0, indices(rows, from, to));
        double[] read = logProbs(chunk, targets, from, to).toDoubles();
        System.arraycopy(read, 0, values, from, read.length);
      }
    }
    return values;
  }

  /** As {@link #read}, and sends the formula's derivatives back to the hidden states. */
  public Readout readAndDerive(Tensor hidden, int[] rows, int[] targets, Derivative formula) {
    double[] values = new double[rows.length];
    Tensor gradient = Tensors.zeros(model.device(), Dtype.FLOAT32, hidden.size(0), hidden.size(1));
    for (int from = 0; from < rows.length; from += chunk(rows.length)) {
      int to = Math.min(rows.length, from + chunk(rows.length));
      try (Scope scope = Scope.open()) {
        Tensor index = indices(rows, from, to);
        Tensor chunk = hidden.indexSelect(0, index).detach().requireGradient();
        Tensor logProbs = logProbs(chunk, targets, from, to);
        double[] read = logProbs.toDoubles();
        System.arraycopy(read, 0, values, from, read.length);
        logProbs.backward(Derivatives.tensor(model.device(), formula.at(from, read)));
        gradient.indexAddInPlace(0, index, chunk.gradient().to(Dtype.FLOAT32));
      }
    }
    return new Readout(values, gradient);
  }

  /** Even chunks: a short last one would be computed by another kernel than a long one. */
  private static int chunk(int rows) {
    int chunks = (rows + ROWS - 1) / ROWS;
    return (rows + chunks - 1) / chunks;
  }

  /** {@code [rows]}. */
  private Tensor logProbs(Tensor chunk, int[] targets, int from, int to) {
    Tensor logits = model.logits(model.norm(chunk));
    if (temperature != 1) {
      logits = logits.mul(1 / temperature);
    }
    Tensor index = indices(targets, from, to).unsqueeze(1);
    return logits.gather(1, index).view(-1).sub(logits.logSumExp(1));
  }

  private Tensor indices(int[] values, int from, int to) {
    Device device = model.device();
    return Tensors.indices(device, Arrays.copyOfRange(values, from, to));
  }
}
