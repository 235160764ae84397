package io.arete.rlaif.reward;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.Passes;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Scores texts, each read at its last token with its facet's head. A bounded number of tokens is
 * computed at a time; what neighbouring texts have in common is computed once.
 *
 * @param model computes the hidden states
 * @param heads of all facets that occur
 */
record SequenceScorer(StackedModel model, Map<Facet, ScalarHead> heads) {

  private static final int TOKENS_PER_PASS = 2048;

  /**
   * Scores in the order of the texts.
   *
   * @param progress is told of texts that are done
   */
  double[] score(List<FacetText> texts, LongConsumer progress) {
    double[] scores = new double[texts.size()];
    if (texts.isEmpty()) {
      return scores;
    }
    int done = 0;
    for (List<FacetText> pass : Passes.of(texts, one -> List.of(one.ids()), TOKENS_PER_PASS)) {
      System.arraycopy(pass(pass), 0, scores, done, pass.size());
      done += pass.size();
      progress.accept(pass.size());
    }
    return scores;
  }

  private double[] pass(List<FacetText> texts) {
    double[] scores = new double[texts.size()];
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(texts.stream().map(FacetText::ids).toList());
      Tensor hidden = model.read(forest);
      heads.forEach(
          (facet, head) -> {
            int[] own =
                IntStream.range(0, scores.length)
                    .filter(i -> texts.get(i).facet() == facet)
                    .toArray();
            int[] ends = IntStream.of(own).map(forest::end).toArray();
            double[] read = new ScalarReadout(model.decoder(), head).read(hidden, ends);
            for (int i = 0; i < own.length; i++) {
              scores[own[i]] = read[i];
            }
          });
    }
    return scores;
  }
}
