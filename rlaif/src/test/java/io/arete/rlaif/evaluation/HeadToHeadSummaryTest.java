package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.feedback.WeightedVote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A judge that goes by the order, or many samples of few prompts, must not look like a win. */
class HeadToHeadSummaryTest {

  private static final HeadToHeadSummary SUMMARY = new HeadToHeadSummary(0.02, 400, 3);

  @Test
  void theSecondWinsWhereTheVotesSpeakAgainstTheFirst() {
    List<JudgedPair> judged = new ArrayList<>();
    for (int prompt = 0; prompt < 20; prompt++) {
      judged.add(pair(prompt, Facet.ACTION, prompt < 15 ? -2 : 2, 0));
    }
    JsonNode action = of(judged).path("facets").path("action");
    assertThat(action.path("win_share").asDouble()).isCloseTo(0.75, within(1e-12));
    assertThat(action.path("low").asDouble()).isBetween(0.5, 0.7);
    assertThat(action.path("prompts").asInt()).isEqualTo(20);
    assertThat(of(judged).path("facets").path("motivation").has("win_share")).isFalse();
    assertThat(of(judged).path("sentence").asText()).startsWith("Gain: b against a, win share");
  }

  @Test
  void aJudgeThatGoesByTheOrderDecidesNothing() {
    List<JudgedPair> judged = new ArrayList<>();
    for (int prompt = 0; prompt < 20; prompt++) {
      judged.add(pair(prompt, Facet.ACTION, 0.001, 3));
    }
    JsonNode action = of(judged).path("facets").path("action");
    assertThat(action.path("win_share").asDouble()).isEqualTo(0.5);
    assertThat(action.path("ties").asInt()).isEqualTo(20);
    assertThat(action.path("order_decided_share").asDouble()).isEqualTo(1);
  }

  @Test
  void thePromptIsTheUnitAndWhatCannotBeReadIsCounted() {
    List<JudgedPair> judged = new ArrayList<>();
    for (int sample = 0; sample < 50; sample++) {
      judged.add(pair(1, Facet.ACTION, -2, 0));
    }
    judged.add(pair(2, Facet.ACTION, 2, 0));
    judged.add(new JudgedPair("p3", Facet.ACTION, Optional.empty(), Optional.empty()));
    JsonNode action = of(judged).path("facets").path("action");
    assertThat(action.path("win_share").asDouble()).isEqualTo(0.5);
    assertThat(action.path("prompts").asInt()).isEqualTo(2);
    assertThat(action.path("unread").asInt()).isEqualTo(1);
  }

  private static JsonNode of(List<JudgedPair> judged) {
    return SUMMARY.of(judged, "b against a");
  }

  /** With log-odds for the first, and a lean to whatever is shown first. */
  private static JudgedPair pair(int prompt, Facet facet, double signal, double lean) {
    LogOddsVote vote = new LogOddsVote(lean + signal, lean - signal);
    return new JudgedPair(
        "p" + prompt,
        facet,
        Optional.empty(),
        Optional.of(new Judgement(List.of(new WeightedVote("honesty", 1, vote)), 1)));
  }
}
