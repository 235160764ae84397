package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.endpoint.EndpointFixture;
import io.arete.rlaif.endpoint.JudgeServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against a server whose judge reasons first: two requests a question. */
class EndpointReasoningTest extends EndpointLabelerContract {

  private static final String WORDING =
      FeedbackFixture.WORDING
          + "  reasoning: {wording: \"Think of {virtue}.\", answer: \"Now A or B.\", tokens: 9}\n";

  @Override
  JudgeServer start() {
    return new JudgeServer(true);
  }

  @Override
  Constitution constitution() {
    return Constitution.parse(WORDING, "test");
  }

  @Test
  void theRationaleIsAskedForThenReadBeforeTheAnswerAndKept() {
    try (Labeler labeler = open()) {
      server.fail(response -> response.withBody(rationale("Because it harms nobody.")));
      // One question at a time, so that the fault meets the first.
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();

      assertThat(said.failures()).isZero();
      assertThat(labeler.work().questions()).isEqualTo(4);
      assertThat(labeler.work().paid().requests()).isEqualTo(8);
      assertThat(said.votes()).allMatch(vote -> vote.reasons().isPresent());
      JsonNode row =
          new JudgedPair("x", Facet.ACTION, Optional.empty(), Optional.of(said)).toJson();
      assertThat(row.findValuesAsText("first_shown_first"))
          .as("numbers and texts")
          .anyMatch(text -> text.matches("A\\.|B|Because it harms nobody\\."));
    }
    // The probe, four rationales less the one that the fault answered, and four answers.
    assertThat(server.answered()).hasSize(8);
    assertThat(server.answered())
        .filteredOn(body -> body.contains("\"max_tokens\":9,\"temperature\":0"))
        .hasSize(3);
    assertThat(server.answered())
        .filteredOn(body -> body.contains("Now A or B.") && body.contains("\"logprobs\":true"))
        .hasSize(4)
        .anyMatch(
            body ->
                body.contains("{\"role\":\"assistant\",\"content\":\"Because it harms nobody.\"}"));
  }

  @Test
  void aJudgeThatWritesNothingIsAFailureAndIsNotAskedForAnAnswer() {
    try (Labeler labeler = open("run", 1, note -> {})) {
      server.fail(response -> response.withBody(rationale(" \\n")));
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.failures()).isEqualTo(1);
      assertThat(labeler.work().paid().requests()).isEqualTo(7);
    }
  }

  @Test
  void anEndlessRationaleIsCutBeforeItIsSentBackAndBeforeItIsKept() {
    try (Labeler labeler = open("run", 1, note -> {})) {
      server.fail(response -> response.withBody(rationale("word ".repeat(5000))));
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.failures()).isZero();
    }
    assertThat(server.answered()).allMatch(body -> body.length() < 1000);
    Reasons kept = new Reasons("a".repeat(998) + "\uD83D\uDE00b", "short");
    assertThat(kept.firstShownFirst()).isEqualTo("a".repeat(998) + "…");
    assertThat(kept.secondShownFirst()).isEqualTo("short");
  }

  @Test
  void theCostHasBothRequests() {
    try (Labeler plain =
            EndpointLabeler.open(
                EndpointFixture.open(
                    EndpointFixture.settings(server.url(), root.resolve("cache"), 1),
                    root.resolve("plain")),
                FeedbackFixture.constitution(),
                8,
                0,
                note -> {});
        Labeler labeler = open()) {
      assertThat(plain.cost(() -> Stream.of(PAIR)).orElseThrow())
          .startsWith("at most 4 questions to judge-1 in 4 requests of about ");
      assertThat(labeler.cost(() -> Stream.of(PAIR, PAIR)).orElseThrow())
          .startsWith("at most 8 questions to judge-1 in 16 requests of about ");
    }
  }

  @Test
  void theAnswerFollowsTheRationaleInTheSameTalk() {
    JudgeQuestions questions = new JudgeQuestions(constitution());
    List<Message> asked = questions.of(PAIR).get(0);
    assertThat(questions.reasoned(asked, "It is true."))
        .startsWith(asked.toArray(Message[]::new))
        .endsWith(Message.assistant("It is true."), Message.user("Now A or B."));
  }

  private static String rationale(String text) {
    return "{\"choices\": [{\"message\": {\"content\": \"%s\"}}], \"usage\": {\"total_tokens\": 41}}"
        .formatted(text);
  }
}
