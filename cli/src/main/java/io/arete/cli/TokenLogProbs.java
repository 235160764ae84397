package io.arete.cli;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.train.ChunkedLogProbs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of the tokens of sequences, and of the most probable ones at their places. */
final class TokenLogProbs {

  /** The largest number of candidates. */
  static final int MOST_TOP = 10_000;

  /** Rows whose logits exist at once. */
  private static final int ROWS = 256;

  private final DecoderModel model;
  private final Adapters adapters;
  private final int top;

  /**
   * Reads from a model.
   *
   * @param top how many candidates to return for each place; at most the vocabulary is returned
   */
  TokenLogProbs(DecoderModel model, Adapters adapters, int top) {
    this.model = model;
    this.adapters = adapters;
    this.top = Math.min(top, model.config().vocabulary());
  }

  /** A token and its natural log-probability. */
  record Candidate(int id, double logProb) {}

  /**
   * What was read of one sequence.
   *
   * @param ids the sequence
   * @param logProbs {@code [ids − 1]}
   * @param top for each id after the first, the most probable candidates, best first; empty if not
   *     asked for
   */
  record Read(int[] ids, double[] logProbs, List<List<Candidate>> top) {}

  /** Reads sequences, each of at least one id, in one pass. */
  List<Read> read(List<int[]> sequences) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      Tensor hidden = model.read(forest, adapters);
      List<Read> results = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        int[] ids = sequences.get(i);
        int[] rows = Arrays.copyOf(forest.path(i), ids.length - 1);
        int[] targets = Arrays.copyOfRange(ids, 1, ids.length);
        double[] logProbs = new ChunkedLogProbs(model, 1).read(hidden, rows, targets);
        results.add(new Read(ids, logProbs, candidates(hidden, rows)));
      }
      return results;
    }
  }

  private List<List<Candidate>> candidates(Tensor hidden, int[] rows) {
    List<List<Candidate>> places = new ArrayList<>();
    for (int from = 0; top > 0 && from < rows.length; from += ROWS) {
      int[] chunk = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + ROWS));
      try (Scope scope = Scope.open()) {
        places.addAll(best(hidden.indexSelect(0, Tensors.indices(model.device(), chunk))));
      }
    }
    return places;
  }

  private List<List<Candidate>> best(Tensor rows) {
    Tensor logits = model.logits(model.norm(rows));
    Tensor.Sorted sorted = logits.top(top, 1);
    double[] logProbs =
        sorted.values().sub(logits.logSumExp(1).unsqueeze(1)).reshape(-1).toDoubles();
    long[] ids = sorted.indices().reshape(-1).toLongs();
    List<List<Candidate>> places = new ArrayList<>();
    for (int from = 0; from < ids.length; from += top) {
      List<Candidate> candidates = new ArrayList<>();
      for (int i = from; i < from + top; i++) {
        candidates.add(new Candidate((int) ids[i], logProbs[i]));
      }
      places.add(candidates);
    }
    return places;
  }
}
