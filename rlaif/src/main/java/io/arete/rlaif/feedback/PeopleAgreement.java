package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import java.util.List;

/**
 * How often a labeler prefers what people prefer. A label of exactly one half agrees with nobody.
 *
 * @param read pairs that the labeler could read and on which people said something
 * @param agree those on which both prefer the same
 * @param undecided those whose label is exactly one half
 */
public record PeopleAgreement(int read, int agree, int undecided) {

  /** Counts. */
  public static PeopleAgreement of(List<JudgedPair> pairs, VoteAveraging averaging) {
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
    return new PeopleAgreement(read, agree, undecided);
  }

  /** Puts it into a report, with its interval; of no pairs, nothing. */
  public void put(ObjectNode row) {
    if (read > 0) {
      row.set("agrees_with_people", ShareJson.of(agree, read));
      row.put("undecided", undecided);
    }
  }
}
