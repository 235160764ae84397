package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.ExactTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of votes that can be counted by hand. */
class LabelTallyTest {

  /** Four pairs; the votes of honesty and respect as (first shown first, second shown first). */
  private static final List<Judgement> SAID =
      List.of(
          said(0, 2, -2, 4, -4), // both for the first
          said(0, 1, -1, -3, 3), // respect is louder, and for the second
          said(2, 3, 1, 3, 1), // both for the first, but the position decides
          said(1, 0.01, -0.01, 0, 0)); // a tie

  private static final ObjectNode REPORT =
      LabelTallyJson.write(new LabelTally(SAID, VoteAveraging.LOG_ODDS, 0.02), 1);

  @Test
  void pairsTiesAndWhatCouldNotBeReadAreCounted() {
    assertThat(REPORT.path("pairs").asInt()).isEqualTo(5);
    assertThat(REPORT.path("too_long").asInt()).isEqualTo(1);
    assertThat(REPORT.path("ties").asInt()).isEqualTo(1);
    assertThat(REPORT.path("kept").asInt()).isEqualTo(3);
    assertThat(REPORT.path("parse_failures").path("questions").asInt()).isEqualTo(3);
    assertThat(REPORT.path("parse_failures").path("pairs").path("count").asInt()).isEqualTo(2);
    assertThat(REPORT.path("answer_mass").asDouble()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void thePositionIsCountedByThePair() {
    assertThat(REPORT.path("order_decided").path("count").asInt()).isEqualTo(1);
    assertThat(REPORT.path("order_decided").path("n").asInt()).isEqualTo(4);
    // Only the third pair leans: by two nats.
    assertThat(REPORT.path("position_bias_nats").path("mean").asDouble()).isEqualTo(0.5);
    assertThat(REPORT.path("first_slot").path("pairs_leaning").asInt()).isEqualTo(1);
    assertThat(REPORT.path("first_slot").path("p").asDouble())
        .isEqualTo(ExactTest.binomial(1, 1, 0.5));
    // Of eight answers 1 + 1 + 2 + 1 prefer what is shown first.
    assertThat(REPORT.path("first_slot").path("share").asDouble()).isEqualTo(5 / 8.0);
  }

  @Test
  void virtuesAgreeWhereTheirVotesPointTheSameWayAndHalfWhereOnePointsNowhere() {
    assertThat(REPORT.path("virtues_agree").path("honesty").path("respect").asDouble())
        .isEqualTo((1 + 0 + 1 + 0.5) / 4);
    assertThat(REPORT.path("virtue_agrees_with_label").path("honesty").asDouble())
        .isEqualTo((1 + 0 + 1 + 1) / 4.0);
    assertThat(REPORT.path("virtue_agrees_with_label").path("respect").asDouble())
        .isEqualTo((1 + 1 + 1 + 0.5) / 4);
  }

  private static Judgement said(
      int failures, double honesty1, double honesty2, double respect1, double respect2) {
    return new Judgement(
        List.of(
            new WeightedVote("honesty", 1, new LogOddsVote(honesty1, honesty2)),
            new WeightedVote("respect", 1, new LogOddsVote(respect1, respect2))),
        0.8,
        failures);
  }
}
