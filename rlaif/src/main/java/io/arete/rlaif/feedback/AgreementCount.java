package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import java.util.List;

/**
 * How often a labeler prefers what people, or the truth, prefer. A label of exactly one half agrees
 * with nobody.
 *
 * @param read pairs that the labeler could read and on which they say something
 * @param agree those on which both prefer the same
 * @param undecided those whose label is exactly one half
 */
public record AgreementCount(int read, int agree, int undecided) {

  /** Counts. */
  public static AgreementCount of(List<JudgedPair> pairs, VoteAveraging averaging) {
    int read = 0;
    int agree = 0;
    int undecided = 0;
    for (JudgedPair pair : pairs) {
      if (pair.judgement().isPresent() && pair.firstPreferred().isPresent()) {
        double p = pair.judgement().get().label(averaging).p();
        boolean first = pair.firstPreferred().get();
        read++;
        undecided += p == 0.5 ? 1 : 0;
        agree += first ? (p > 0.5 ? 1 : 0) : (p < 0.5 ? 1 : 0);
      }
    }
    return new AgreementCount(read, agree, undecided);
  }

  /**
   * Puts it into a report, with its interval; of no pairs, nothing.
   *
   * @param field whom it agrees with, as the report says it
   */
  public void put(ObjectNode row, String field) {
    if (read > 0) {
      row.set(field, ShareJson.of(agree, read));
      row.put("undecided", undecided);
    }
  }
}
