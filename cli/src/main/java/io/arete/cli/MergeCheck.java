package io.arete.cli;

import io.arete.cli.MergeFigures.Compared;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a merged model with its base and adapter, in float32: what is found is what merging has
 * changed, and not how the machine rounds. The two are in memory one after the other; between them
 * stay the first one's logits, or scores.
 */
final class MergeCheck implements AutoCloseable {

  /** Rows whose logits are compared at once. */
  private static final int ROWS = 64;

  private final Forest forest;
  private final List<Tensor> logits = new ArrayList<>();
  private double[] scores = new double[0];

  private MergeCheck(Forest forest) {
    this.forest = forest;
  }

  /** Reads the samples with the base and the adapter. */
  static MergeCheck begin(Path base, Path adapter, MergeSamples samples) {
    try (LoadedModel model = LoadedModel.exact(base, List.of(adapter));
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      MergeCheck check = new MergeCheck(samples.forest(model, model.head().isPresent()));
      try {
        check.keep(model);
        return check;
      } catch (RuntimeException e) {
        check.close();
        throw e;
      }
    }
  }

  private void keep(LoadedModel model) {
    if (model.head().isPresent()) {
      scores = scores(model);
      return;
    }
    Tensor hidden = model.decoder().read(forest, model.adapters());
    for (int from = 0; from < forest.tokens(); from += ROWS) {
      try (Scope step = Scope.open()) {
        logits.add(logits(model.decoder(), hidden, from).own());
      }
    }
  }

  /** Reads them with the merged model and compares. */
  MergeFigures end(Path merged) {
    try (LoadedModel model = LoadedModel.exact(merged, List.of());
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return model.head().isPresent() ? compareScores(scores(model)) : compareLogits(model);
    }
  }

  private double[] scores(LoadedModel model) {
    return EndScores.read(model, model.head().orElseThrow(), forest);
  }

  private Tensor logits(DecoderModel model, Tensor hidden, int from) {
    int rows = Math.min(ROWS, forest.tokens() - from);
    return model.logits(model.norm(hidden.narrow(0, from, rows)));
  }

  private MergeFigures compareLogits(LoadedModel model) {
    Tensor hidden = model.decoder().read(forest, model.adapters());
    int vocabulary = model.decoder().config().vocabulary();
    double largest = 0;
    double sum = 0;
    long changed = 0;
    for (int chunk = 0; chunk < logits.size(); chunk++) {
      try (Scope step = Scope.open()) {
        float[] before = logits.get(chunk).toFloats();
        float[] after = logits(model.decoder(), hidden, chunk * ROWS).toFloats();
        for (int row = 0; row < before.length; row += vocabulary) {
          for (int i = row; i < row + vocabulary; i++) {
            double difference = Math.abs((double) after[i] - before[i]);
            largest = Math.max(largest, difference);
            sum += difference;
          }
          changed += greedy(before, row, vocabulary) == greedy(after, row, vocabulary) ? 0 : 1;
        }
      }
    }
    double count = (double) forest.tokens();
    return new MergeFigures(
        Compared.LOGITS,
        forest.sequences(),
        forest.tokens(),
        largest,
        sum / (count * vocabulary),
        changed / count);
  }

  private static int greedy(float[] logits, int row, int vocabulary) {
    int best = row;
    for (int i = row + 1; i < row + vocabulary; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best - row;
  }

  private MergeFigures compareScores(double[] after) {
    double largest = 0;
    double sum = 0;
    int pairs = 0;
    int changed = 0;
    for (int i = 0; i < after.length; i++) {
      double difference = Math.abs(after[i] - scores[i]);
      largest = Math.max(largest, difference);
      sum += difference;
      for (int other = 0; other < i; other++) {
        pairs++;
        boolean same =
            Double.compare(scores[i], scores[other]) == Double.compare(after[i], after[other]);
        changed += same ? 0 : 1;
      }
    }
    return new MergeFigures(
        Compared.SCORES,
        after.length,
        forest.tokens(),
        largest,
        sum / after.length,
        (double) changed / Math.max(1, pairs));
  }

  @Override
  public void close() {
    logits.forEach(Tensor::close);
  }
}
