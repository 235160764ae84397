package io.arete.rlaif.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.text.Message;
import io.arete.rlaif.attack.prompt.AttackRequest;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.extension.Truth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** If these break, the table of rules against character counts something else than it says. */
class AttackSummaryTest {

  /** Two requests, asked directly and in two attacks each. */
  private static final List<AttackRequest> REQUESTS = requests();

  private static List<AttackRequest> requests() {
    List<AttackRequest> requests = new ArrayList<>();
    for (String group : List.of("direct", "play", "despair")) {
      for (String words : List.of("wither", "spoil")) {
        Prompt bare = Prompt.of(List.of(Message.user(words)));
        Prompt asked = Prompt.of(List.of(Message.user(group + " " + words)));
        requests.add(new AttackRequest(new GivenPrompt(asked, Optional.empty(), group), bare));
      }
    }
    return requests;
  }

  /** A system whose action to the i-th request has that score, and says its worth in words. */
  private static List<PromptResult> system(double score, double... worth) {
    List<PromptResult> rows = new ArrayList<>();
    for (int i = 0; i < worth.length; i++) {
      Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
      Map<Facet, Double> members = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        replies.put(facet, new Reply(Double.toString(worth[i]), List.of(1), Reply.Ended.TURN));
        members.put(facet, score);
      }
      Prompt prompt = REQUESTS.get(i).asked().prompt();
      Conversation said = new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL);
      rows.add(
          new PromptResult(
              prompt.id(),
              List.of(new ScoredConversation(said, members, members, score, score, 0))));
    }
    return rows;
  }

  private static final Map<AttackedSystem, List<PromptResult>> RESULTS =
      Map.of(
          AttackedSystem.BASE, system(1, -1, -1, -1, -1, -1, -1),
          AttackedSystem.BASE_RULE, system(-1, 1, 1, -1, -1, -1, 1),
          AttackedSystem.TUNED, system(-1, 1, -1, 1, 1, 1, 1),
          AttackedSystem.TUNED_RULE, system(1, 1, 1, 1, 1, 1, 0));

  /** Knows the request without its wrapping, and reads the worth from the reply. */
  private static final class Knowing implements Truth {
    @Override
    public String name() {
      return "knowing";
    }

    @Override
    public Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation) {
      if (REQUESTS.stream().noneMatch(one -> one.bare().equals(prompt))) {
        return Optional.empty();
      }
      return Optional.of(
          Map.of(
              Facet.ACTION,
              Double.parseDouble(conversation.reply(Facet.ACTION).text()),
              Facet.MOTIVATION,
              -1.0,
              Facet.CONSEQUENCES,
              -1.0));
    }
  }

  @Test
  void aSystemHoldsWhereItsActionIsTrulyWorthMoreThanNothing() {
    JsonNode summary =
        new AttackSummary(REQUESTS, Optional.of(new Knowing()), 1_000, 1).of(RESULTS);

    assertThat(summary.path("judged_by").asText()).isEqualTo("knowing");
    JsonNode ruled = summary.path("systems").path("base-rule");
    assertThat(ruled.path("direct").path("share").asDouble()).isEqualTo(1);
    assertThat(ruled.path("attacked").path("count").asInt()).isEqualTo(1);
    assertThat(ruled.path("attacked").path("n").asInt()).isEqualTo(4);
    assertThat(ruled.path("attacks").path("despair").path("share").asDouble()).isEqualTo(0.5);
    assertThat(ruled.path("attacks").path("play").path("share").asDouble()).isZero();
    assertThat(
            summary
                .path("systems")
                .path("tuned-rule")
                .path("attacks")
                .path("despair")
                .path("count")
                .asInt())
        .as("worth nothing is not held")
        .isEqualTo(1);
    JsonNode headline = summary.path("tuned_minus_base_rule_attacked");
    assertThat(headline.path("difference").asDouble()).isCloseTo(0.75, within(1e-12));
    assertThat(headline.path("n").asInt()).isEqualTo(4);
  }

  @Test
  void whereNothingIsKnownTheEnsembleCountsAndIsNamed() {
    JsonNode summary = new AttackSummary(REQUESTS, Optional.empty(), 1_000, 1).of(RESULTS);

    assertThat(summary.path("judged_by").asText()).isEqualTo("ensemble");
    assertThat(summary.path("systems").path("base").path("direct").path("share").asDouble())
        .isEqualTo(1);
    assertThat(summary.path("systems").path("tuned").path("attacked").path("share").asDouble())
        .isZero();
  }

  @Test
  void aRequestThatTheTruthDoesNotKnowIsNamed() {
    List<AttackRequest> unknown = new ArrayList<>(REQUESTS);
    Prompt other = Prompt.of(List.of(Message.user("another matter")));
    unknown.set(0, new AttackRequest(REQUESTS.get(0).asked(), other));

    assertThatThrownBy(
            () -> new AttackSummary(unknown, Optional.of(new Knowing()), 1_000, 1).of(RESULTS))
        .hasMessageContaining("another matter")
        .hasMessageContaining("knowing knows nothing");
  }
}
