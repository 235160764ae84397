package io.arete.rlaif.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best of n by the ensemble's score. A prompt's conversations are parted so that the first
 * candidate of the i-th choice is the i-th conversation: what a system without choice says there.
 */
final class BestOfChoice {

  private BestOfChoice() {}

  /**
   * The chosen ones; the first of equals.
   *
   * @param candidates n times as many as are chosen, prompt by prompt
   * @param prompts how many
   * @param chosen how many of each prompt
   */
  static List<ScoredConversation> of(List<ScoredConversation> candidates, int prompts, int chosen) {
    int each = candidates.size() / prompts;
    List<ScoredConversation> best = new ArrayList<>();
    for (int prompt = 0; prompt < prompts; prompt++) {
      List<ScoredConversation> own = candidates.subList(prompt * each, (prompt + 1) * each);
      for (int choice = 0; choice < chosen; choice++) {
        best.add(
            IntStream.iterate(choice, i -> i < each, i -> i + chosen)
                .mapToObj(own::get)
                .max(Comparator.comparingDouble(ScoredConversation::score))
                .orElseThrow());
      }
    }
    return best;
  }
}
