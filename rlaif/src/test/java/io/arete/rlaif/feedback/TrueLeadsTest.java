package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.recipe.LetterTruth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Read the other way round, a committee that gains would be said to lose, and right labels to be
 * wrong.
 */
class TrueLeadsTest {

  private final Map<String, Prompt> prompts = new LinkedHashMap<>();
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<String> pairs = new ArrayList<>();

  /** Four pairs whose first conversation is truly better, and one of equals. */
  private TrueLeads leads() {
    for (int i = 0; i < 5; i++) {
      Prompt prompt = Prompt.of(List.of(Message.user("May I? " + i)));
      prompts.put(prompt.id(), prompt);
      Conversation better = conversation(prompt, 0, "aaaa");
      Conversation worse = conversation(prompt, 1, i < 4 ? "azza" : "bbbb");
      conversations.addAll(List.of(better, worse));
      pairs.add(PairName.of(better, worse).toString());
    }
    return new TrueLeads(new LetterTruth(), prompts, conversations);
  }

  @Test
  void aCommitteeThatIsRightMoreOftenThanItsBestMemberGains() {
    TrueLeads leads = leads();
    List<JudgedPair> judged = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      // The best member names the worse conversation of the first pair; its partner overrules it.
      judged.add(judged(pairs.get(i), i == 0 ? -1 : 1, 2));
    }

    ObjectNode gain =
        leads
            .againstBest(judged, "best", VoteAveraging.LOG_ODDS, CountedRandom.of(1))
            .orElseThrow();

    assertThat(gain.path("member").asText()).isEqualTo("best");
    assertThat(gain.path("n").asInt()).isEqualTo(4);
    assertThat(gain.path("difference").asDouble()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void aCommitteeThatFollowsAWorsePartnerLoses() {
    TrueLeads leads = leads();
    List<JudgedPair> judged = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      judged.add(judged(pairs.get(i), 1, i < 2 ? -2 : 2));
    }

    ObjectNode gain =
        leads
            .againstBest(judged, "best", VoteAveraging.LOG_ODDS, CountedRandom.of(1))
            .orElseThrow();

    assertThat(gain.path("difference").asDouble()).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void aLabelIsWrongThatNamesTheWorseOneAndEqualsAreNotCounted() {
    TrueLeads leads = leads();
    double[] labels = {0.9, 0.8, 0.1, 0.5, 0.1};
    List<PreferencePair> given = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      given.add(
          new PreferencePair(
              pairs.get(i),
              PairName.parse(pairs.get(i)).prompt(),
              Facet.ACTION,
              0,
              1,
              labels[i],
              labels[i] - 0.5,
              PreferencePair.Source.LOCAL,
              false));
    }

    ObjectNode wrong = leads.wrong(Facet.ACTION, given).orElseThrow();

    assertThat(wrong.path("count").asInt()).isEqualTo(1);
    assertThat(wrong.path("n").asInt()).isEqualTo(4);
  }

  private static JudgedPair judged(String pair, double best, double partner) {
    List<WeightedVote> votes = List.of(vote("best", best), vote("partner", partner));
    return new JudgedPair(
        pair, Facet.ACTION, Optional.empty(), Optional.of(new Judgement(votes, 1)));
  }

  private static WeightedVote vote(String member, double signal) {
    return new WeightedVote(
        MemberWeights.voteName(member, "honesty"), 1, new LogOddsVote(signal, -signal));
  }

  private static Conversation conversation(Prompt prompt, int sample, String text) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, new Reply(text, List.of(), Reply.Ended.TURN));
    }
    return new Conversation(prompt.id(), sample, replies, Conversation.Source.MODEL);
  }
}
