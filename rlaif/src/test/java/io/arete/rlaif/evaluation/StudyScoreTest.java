package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.reward.ScoreNormalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who compares with the study must get the study's number. */
class StudyScoreTest {

  @Test
  void itIsMeanLessHalfAnSdOfTheSigmoidsOfRawScores() {
    Map<Facet, Double> z =
        Map.of(Facet.ACTION, 1.0, Facet.MOTIVATION, 0.0, Facet.CONSEQUENCES, -1.0);
    Map<Facet, ScoreNormalizer> normalizers =
        Map.of(
            Facet.ACTION, new ScoreNormalizer(0.5, 2),
            Facet.MOTIVATION, new ScoreNormalizer(0, 1),
            Facet.CONSEQUENCES, new ScoreNormalizer(1, 3));
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, new Reply("so", List.of(1), Reply.Ended.TURN));
    }
    // What a run charges for replies that were cut off is no part of the study's number.
    Map<Facet, Double> charged =
        Map.of(Facet.ACTION, -1.0, Facet.MOTIVATION, -1.0, Facet.CONSEQUENCES, -1.0);
    ScoredConversation scored =
        new ScoredConversation(
            new Conversation("p", 0, replies, Conversation.Source.MODEL), z, charged, 0, 0, 0);

    // Raw 2.5, 0, -2: sigmoids 0.924142, 0.5, 0.119203; mean 0.514448, population sd 0.328775.
    assertThat(new StudyScore(normalizers).of(scored)).isCloseTo(0.350061, within(1e-5));
  }
}
