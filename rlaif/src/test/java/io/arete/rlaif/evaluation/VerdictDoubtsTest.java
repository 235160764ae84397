package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A score may rise for other reasons than a better model; whoever reads the verdict must hear. */
class VerdictDoubtsTest {

  @Test
  void aModelThatApologisesToEverythingIsDoubtedThreeTimes() throws Exception {
    // As recipes/smollm2.yaml left it.
    assertThat(
            doubts(
                """
                {"n": 95,
                 "verdict_reward_model": {"tuned_minus_base": {"difference": 2.1, "low": 2.0, "high": 2.3}},
                 "tuned_minus_base_at_matched_length": {"difference": 0.108, "low": -0.648, "high": 0.757},
                 "systems": {"base": {"distinct_pairs_share": {"action": 0.77}},
                             "tuned": {"distinct_pairs_share": {"action": 0.14}}},
                 "peoples_replies": {"tuned_minus_base": {"difference": 0.695, "low": 0.575, "high": 0.808}}}
                """))
        .containsExactly(
            "at equal length it is +0.108 (-0.648 to +0.757)",
            "its replies have become one another (0.14 of their pairs of tokens differ, the other's"
                + " 0.77)",
            "people's replies have become less likely by 0.695 nats a token");
  }

  @Test
  void whoeverDoesNotSeeTheGainIsNamed() throws Exception {
    assertThat(
            doubts(
                """
                {"truth": {"tuned_minus_base": {"ensemble": {"difference": 0.01, "low": -0.1, "high": 0.1}}},
                 "verdict_reward_model": {"tuned_minus_base": {"difference": -0.2, "low": -0.3, "high": -0.1}},
                 "judge": {"all": {"win_share": 0.4, "low": 0.35, "high": 0.45}},
                 "questions": {"non_inferiority": {"answer": "worse"}}}
                """))
        .containsExactly(
            "the truth has +0.010 (-0.100 to +0.100)",
            "the verdict reward model has -0.200 (-0.300 to -0.100)",
            "the independent judge likes it in 0.400 only",
            "plain questions are answered worse");
  }

  @Test
  void whatWasNotLookedAtOrIsAsItShouldBeRaisesNoDoubt() throws Exception {
    assertThat(doubts("{}")).isEmpty();
    assertThat(
            doubts(
                """
                {"tuned_minus_base_at_matched_length": {"difference": 1.1, "low": 0.9, "high": 1.2},
                 "judge": {"all": {"win_share": 0.48, "low": 0.42, "high": 0.54}},
                 "systems": {"base": {"distinct_pairs_share": {"action": 0.34}},
                             "tuned": {"distinct_pairs_share": {"action": 0.28}}},
                 "peoples_replies": {"tuned_minus_base": {"difference": 0.02, "low": 0.01, "high": 0.03}},
                 "questions": {"non_inferiority": {"answer": "cannot_tell"}}}
                """))
        .isEmpty();
  }

  @Test
  void tooFewPromptsAreToldFromTheOpposite() throws Exception {
    String pattern =
        "{\"n\": 50, \"tuned_minus_base_at_matched_length\":"
            + " {\"difference\": %s, \"low\": %s, \"high\": %s, \"standard_error\": 0.1}}";
    // 50 (2.8 · 0.1 / 0.1)²
    assertThat(of(pattern.formatted("0.1", "-0.1", "0.3")).get(0).promptsThatWouldTell())
        .hasValue(392);
    assertThat(of(pattern.formatted("-0.3", "-0.5", "-0.1")).get(0).promptsThatWouldTell())
        .isEmpty();
  }

  @Test
  void aModelThatSaysNothingAnyMoreIsDoubtedThoughNoPairOfTokensIsLikeAnother() throws Exception {
    assertThat(
            doubts(
                """
                {"systems": {"base": {"distinct_pairs_share": {"action": 0.7}, "distinct_share": {"action": 1}},
                             "tuned": {"distinct_pairs_share": {"action": 1}, "distinct_share": {"action": 0.01}}}}
                """))
        .containsExactly(
            "its replies have become one another (0.01 of them differ, the other's 1.00)");
  }

  private static List<String> doubts(String summary) throws Exception {
    return of(summary).stream().map(Doubt::says).toList();
  }

  private static List<Doubt> of(String summary) throws Exception {
    return VerdictDoubts.of(new ObjectMapper().readTree(summary));
  }
}
