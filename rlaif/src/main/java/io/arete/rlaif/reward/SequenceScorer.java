package io.arete.rlaif.reward;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.JointReading;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.Passes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Scores texts, each read at its last token with its facet's head. A bounded number of tokens is
 * computed at a time; what neighbouring texts of one trunk have in common is computed once, and all
 * trunks over one base are read side by side.
 *
 * @param trunks in which every facet that occurs has its head, once
 */
record SequenceScorer(List<Trunk> trunks) {

  private static final int TOKENS_PER_PASS = 2048;

  /**
   * What computes hidden states, and the heads that stand on it.
   *
   * @param heads by the facet that they score
   */
  record Trunk(StackedModel model, Map<Facet, ScalarHead> heads) {}

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
    for (List<FacetText> pass :
        Passes.of(texts, this::trunkOf, one -> List.of(one.ids()), TOKENS_PER_PASS)) {
      System.arraycopy(pass(pass), 0, scores, done, pass.size());
      done += pass.size();
      progress.accept(pass.size());
    }
    return scores;
  }

  private int trunkOf(FacetText text) {
    return IntStream.range(0, trunks.size())
        .filter(i -> trunks.get(i).heads().containsKey(text.facet()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The texts of one trunk in a pass.
   *
   * @param places of its texts among those of the pass
   */
  private record Share(Trunk trunk, int[] places, Forest forest) {

    JointReading.Reading reading() {
      return new JointReading.Reading(forest, trunk.model().adapters());
    }
  }

  private double[] pass(List<FacetText> texts) {
    double[] scores = new double[texts.size()];
    // What stands on one base is read in one go.
    Map<DecoderModel, List<Share>> byBase = new LinkedHashMap<>();
    for (Share share : shares(texts)) {
      byBase.computeIfAbsent(share.trunk().model().decoder(), x -> new ArrayList<>()).add(share);
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      byBase.forEach(
          (decoder, shares) -> {
            List<Tensor> hidden =
                JointReading.read(decoder, shares.stream().map(Share::reading).toList());
            for (int i = 0; i < shares.size(); i++) {
              read(texts, shares.get(i), hidden.get(i), scores);
            }
          });
    }
    return scores;
  }

  private List<Share> shares(List<FacetText> texts) {
    List<Share> shares = new ArrayList<>();
    for (int trunk = 0; trunk < trunks.size(); trunk++) {
      int wanted = trunk;
      int[] places =
          IntStream.range(0, texts.size()).filter(i -> trunkOf(texts.get(i)) == wanted).toArray();
      if (places.length > 0) {
        Forest forest = Forest.of(IntStream.of(places).mapToObj(i -> texts.get(i).ids()).toList());
        shares.add(new Share(trunks.get(trunk), places, forest));
      }
    }
    return shares;
  }

  private void read(List<FacetText> texts, Share share, Tensor hidden, double[] scores) {
    share
        .trunk()
        .heads()
        .forEach(
            (facet, head) -> {
              int[] own =
                  IntStream.range(0, share.places().length)
                      .filter(i -> texts.get(share.places()[i]).facet() == facet)
                      .toArray();
              int[] ends = IntStream.of(own).map(share.forest()::end).toArray();
              double[] read =
                  new ScalarReadout(share.trunk().model().decoder(), head).read(hidden, ends);
              for (int i = 0; i < own.length; i++) {
                scores[share.places()[own[i]]] = read[i];
              }
            });
  }
}
