package io.arete.engine.train;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Log-probabilities of given tokens, a few rows of logits at a time: with a large vocabulary the
 * logits of a whole batch would be the largest thing in memory.
 */
public final class ChunkedLogProbs {

  private static final int ROWS = 256;

  /** Fewer rows than this are not worth a lane. */
  private static final int MIN_ROWS = 32;

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
    for (List<Chunk> wave : waves(rows, targets)) {
      List<double[]> read =
          Lanes.run(
              wave.stream().<Callable<double[]>>map(chunk -> () -> read(hidden, chunk)).toList());
      for (int i = 0; i < wave.size(); i++) {
        System.arraycopy(read.get(i), 0, values, wave.get(i).first(), read.get(i).length);
      }
    }
    return values;
  }

  /** As {@link #read}, and sends the formula's derivatives back to the hidden states. */
  public Readout readAndDerive(Tensor hidden, int[] rows, int[] targets, Derivative formula) {
    double[] values = new double[rows.length];
    Tensor gradient = Tensors.zeros(model.device(), Dtype.FLOAT32, hidden.size(0), hidden.size(1));
    for (List<Chunk> wave : waves(rows, targets)) {
      try (Scope scope = Scope.open()) {
        List<Recorded> recorded =
            Lanes.run(
                wave.stream()
                    .<Callable<Recorded>>map(chunk -> () -> record(hidden, chunk))
                    .toList());
        recorded.forEach(Recorded::adopt);
        List<Callable<Boolean>> back = new ArrayList<>();
        for (int i = 0; i < wave.size(); i++) {
          int first = wave.get(i).first();
          Recorded one = recorded.get(i);
          System.arraycopy(one.values(), 0, values, first, one.values().length);
          // On this thread and in order: the formula may add up what it sees.
          double[] derivatives = formula.at(first, one.values());
          back.add(() -> backward(one, derivatives));
        }
        Lanes.run(back);
        for (int i = 0; i < wave.size(); i++) {
          gradient.indexAddInPlace(
              0,
              Tensors.indices(model.device(), wave.get(i).rows()),
              recorded.get(i).input().gradient().to(Dtype.FLOAT32));
        }
      }
    }
    return new Readout(values, gradient);
  }

  /**
   * Rows that are computed together.
   *
   * @param first place of the first among all
   */
  private record Chunk(int first, int[] rows, int[] targets) {}

  /** A chunk's forward pass. */
  private record Recorded(Tensor input, Tensor logProbs, double[] values) {

    void adopt() {
      input.adopt();
      logProbs.adopt();
    }
  }

  /**
   * Chunks, as many at a time as there are lanes. They are even: a short last one would be computed
   * by another kernel than a long one.
   */
  private List<List<Chunk>> waves(int[] rows, int[] targets) {
    int lanes = model.lanes();
    int needed = (rows.length + ROWS - 1) / ROWS;
    int chunks = Math.max(needed, Math.min(lanes, rows.length / MIN_ROWS));
    List<List<Chunk>> waves = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      int from = (int) ((long) rows.length * i / chunks);
      int to = (int) ((long) rows.length * (i + 1) / chunks);
      if (i % lanes == 0) {
        waves.add(new ArrayList<>());
      }
      waves
          .get(waves.size() - 1)
          .add(
              new Chunk(
                  from, Arrays.copyOfRange(rows, from, to), Arrays.copyOfRange(targets, from, to)));
    }
    return waves;
  }

  private double[] read(Tensor hidden, Chunk chunk) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return logProbs(select(hidden, chunk), chunk).toDoubles();
    }
  }

  private Recorded record(Tensor hidden, Chunk chunk) {
    try (Scope scope = Scope.open()) {
      Tensor input = select(hidden, chunk).detach().requireGradient();
      Tensor logProbs = logProbs(input, chunk);
      return new Recorded(input.own(), logProbs.own(), logProbs.toDoubles());
    }
  }

  private boolean backward(Recorded recorded, double[] derivatives) {
    try (Scope scope = Scope.open()) {
      recorded.logProbs().backward(Derivatives.tensor(model.device(), derivatives));
      return true;
    }
  }

  private Tensor select(Tensor hidden, Chunk chunk) {
    return hidden.indexSelect(0, Tensors.indices(model.device(), chunk.rows()));
  }

  /** {@code [rows]}. */
  private Tensor logProbs(Tensor input, Chunk chunk) {
    Tensor logits = model.logits(model.norm(input));
    if (temperature != 1) {
      logits = logits.mul(1 / temperature);
    }
    Tensor index = Tensors.indices(model.device(), chunk.targets()).unsqueeze(1);
    return logits.gather(1, index).view(-1).sub(logits.logSumExp(1));
  }
}
