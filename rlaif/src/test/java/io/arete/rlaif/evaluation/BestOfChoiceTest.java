package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Best-of-n must be the best of n, of its own prompt, and paired with what one sample says. */
class BestOfChoiceTest {

  @Test
  void eachChoicePicksAmongCandidatesOfItsOwn() {
    // Two prompts, two choices of three: the first of prompt 0 picks among 0, 2, 4.
    List<ScoredConversation> candidates =
        scored(new double[] {1, 9, 3, 0, 2, 8}, new double[] {5, 1, 5, 2, 4, 3});
    assertThat(samples(BestOfChoice.of(candidates, 2, 2))).containsExactly(2, 1, 0, 5);
  }

  @Test
  void theBestOfOneIsTheSystemWithoutAChoice() {
    List<ScoredConversation> candidates = scored(new double[] {3, 1}, new double[] {2, 4});
    assertThat(BestOfChoice.of(candidates, 2, 2)).isEqualTo(candidates);
  }

  private static List<Integer> samples(List<ScoredConversation> chosen) {
    return chosen.stream().map(one -> one.conversation().sample()).toList();
  }

  private static List<ScoredConversation> scored(double[]... prompts) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, new Reply("so", List.of(1), Reply.Ended.TURN));
      members.put(facet, 0.0);
    }
    List<ScoredConversation> all = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.length; prompt++) {
      for (int sample = 0; sample < prompts[prompt].length; sample++) {
        Conversation said =
            new Conversation("p" + prompt, sample, replies, Conversation.Source.MODEL);
        all.add(new ScoredConversation(said, members, members, 0, prompts[prompt][sample], 0));
      }
    }
    return all;
  }
}
