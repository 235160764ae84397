package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.recipe.LetterTruth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TruthLabelerTest extends LabelerContract {

  @Override
  Labeler open() {
    return new TruthLabeler(new LetterTruth(), 2);
  }

  @Test
  void theLabelIsTheSlopeTimesTheDifferenceInWorthWithoutALean() {
    Judgement said = judge(new Comparison(Facet.ACTION, "May I?", "aaaa", "azza"));

    // Worths 1 and 0.
    LogOddsVote vote = said.votes().get(0).vote();
    assertThat(vote.signal()).isCloseTo(2, within(1e-12));
    assertThat(vote.positionBias()).isZero();
    assertThat(said.votes()).extracting(WeightedVote::virtue).containsExactly("truth");
  }

  @Test
  void ofWholeConversationsOnlyTheFacetsOwnReplyIsWeighed() {
    Prompt prompt = Prompt.of(List.of(Message.user("May I?")));
    Conversation first = conversation(prompt, "zzzz", "aaaa");
    Conversation second = conversation(prompt, "aaaa", "azza");
    Comparison pair =
        new JudgeTexts(FeedbackFixture.constitution())
            .comparison(prompt, Facet.MOTIVATION, first, second);

    assertThat(pair.first()).contains("zzzz").contains("aaaa");
    assertThat(judge(pair).votes().get(0).vote().signal()).isCloseTo(2, within(1e-12));
    assertThat(judge(pair.swapped()).votes().get(0).vote().signal()).isCloseTo(-2, within(1e-12));
  }

  @Test
  void whereTheTruthKnowsNothingThereIsNoJudgement() {
    Truth ignorant =
        new Truth() {
          @Override
          public String name() {
            return "nothing";
          }

          @Override
          public Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation) {
            return Optional.empty();
          }
        };
    assertThat(new TruthLabeler(ignorant, 2).judge(List.of(PAIR)))
        .containsExactly(Optional.empty());
  }

  private Judgement judge(Comparison pair) {
    return open().judge(List.of(pair)).get(0).orElseThrow();
  }

  private static Conversation conversation(Prompt prompt, String action, String others) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      String text = facet == Facet.ACTION ? action : others;
      replies.put(facet, new Reply(text, List.of(), Reply.Ended.TURN));
    }
    return new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL);
  }
}
