package io.arete.rlaif.dpo;

import io.arete.engine.forest.Forest;
import io.arete.rlaif.text.TrainedTokens;
import java.util.List;

/**
 * Where the trained tokens of some pairs are read in a forest of their sequences.
 *
 * @param pairs in the forest's order
 * @param rows of each pair the first conversation's, then the second's: flat indices of the tokens
 *     before the trained ones
 * @param targets the trained tokens, as many
 */
record PairReadings(List<DpoPair> pairs, int[] rows, int[] targets) {

  /** The places of pairs whose sequences make a forest. */
  static PairReadings of(List<DpoPair> pairs, Forest forest) {
    int[] rows = new int[pairs.stream().mapToInt(DpoPair::tokens).sum()];
    int[] targets = new int[rows.length];
    int at = 0;
    int sequence = 0;
    for (DpoPair pair : pairs) {
      for (TrainedTokens tokens : List.of(pair.first(), pair.second())) {
        for (int t = 0; t < tokens.count(); t++) {
          rows[at] = forest.index(sequence, tokens.places()[t]);
          targets[at] = tokens.targets()[t];
          at++;
        }
        sequence++;
      }
    }
    return new PairReadings(pairs, rows, targets);
  }

  /** For each pair, by how many nats the first conversation is likelier than the second. */
  double[] leads(double[] logprobs) {
    double[] leads = new double[pairs.size()];
    int at = 0;
    for (int i = 0; i < leads.length; i++) {
      int middle = at + pairs.get(i).first().count();
      int end = at + pairs.get(i).tokens();
      for (; at < middle; at++) {
        leads[i] += logprobs[at];
      }
      for (; at < end; at++) {
        leads[i] -= logprobs[at];
      }
    }
    return leads;
  }

  /** The derivative of {@link #leads} times one number a pair: {@code [tokens]}. */
  double[] byToken(double[] byLead) {
    double[] derivatives = new double[rows.length];
    int at = 0;
    for (int i = 0; i < byLead.length; i++) {
      int middle = at + pairs.get(i).first().count();
      int end = at + pairs.get(i).tokens();
      for (; at < middle; at++) {
        derivatives[at] = byLead[i];
      }
      for (; at < end; at++) {
        derivatives[at] = -byLead[i];
      }
    }
    return derivatives;
  }
}
