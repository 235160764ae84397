package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Virtue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that is shown an example and writes before it answers is a labeler like any other. */
class ReasoningLabelerTest extends LabelerContract {

  private static final String WORDING =
      FeedbackFixture.WORDING
          + """
            reasoning: {wording: "Think of {virtue}.", tokens: 9}
            examples:
              - {virtue: respect, prompt: Hi, first: Go., second: (B) Hello., reasoning: It greets., answer: B}
              - {virtue: honesty, facet: motivation, prompt: Hi, first: x, second: y, reasoning: r, answer: A}
          """;

  @TempDir static Path folder;
  private static ChatModel model;

  @Override
  Labeler open() {
    return labeler(4096);
  }

  @BeforeAll
  static void load() {
    model = ChatModel.load(TinyChatModel.write(folder, 5), Dtype.FLOAT32, Device.CPU);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void examplesAreEarlierTurnsInTheSameFormForTheirFacet() {
    JudgeQuestions questions = new JudgeQuestions(constitution());
    Virtue honesty = constitution().virtues().get(0);

    List<Message> asked = questions.messages(honesty, PAIR);

    assertThat(asked)
        .containsExactly(
            Message.user(
                "Hi act A: Go. act B: > (B) Hello. More respect, treats everyone as a person?"
                    + "\n\nThink of respect."),
            Message.assistant("It greets."),
            Message.user("Now reply with A or B."),
            Message.assistant("B"),
            Message.user(
                "May I? act A: Yes, do. act B: No, it would hurt them. More honesty, says what is"
                    + " true?\n\nThink of honesty."));
    assertThat(questions.messages(honesty, new Comparison(Facet.MOTIVATION, "p", "a", "b")))
        .hasSize(9);
  }

  @Test
  void withoutReasoningAnExampleIsQuestionAndAnswer() {
    String wording =
        WORDING.replaceAll(" *reasoning: \\{.*\n", "").replaceAll("reasoning: [^,]*, ", "");
    JudgeQuestions questions = new JudgeQuestions(Constitution.parse(wording, "test"));

    assertThat(questions.messages(constitution().virtues().get(0), PAIR))
        .hasSize(3)
        .element(1)
        .isEqualTo(Message.assistant("B"));
  }

  @Test
  void theAnswerIsReadBehindTheRationaleAndTheSameWhateverElseIsJudged() {
    LocalLabeler labeler = labeler(4096);
    List<int[]> questions = labeler.questions(PAIR);
    Rationales rationales = new Rationales(model, constitution().judge().reasoning().orElseThrow());

    Rationales.Continued continued = rationales.write(questions, LabelerWork.NONE);

    for (int i = 0; i < questions.size(); i++) {
      String text = model.tokenizer().decodeAll(continued.questions().get(i));
      assertThat(text)
          .startsWith(model.tokenizer().decodeAll(questions.get(i)))
          .endsWith("<|endoftext|>user: Now reply with A or B.<|endoftext|>assistant: ");
      assertThat(continued.questions().get(i).length - questions.get(i).length)
          .isBetween(rationales.mostTokens() - 9, rationales.mostTokens());
      assertThat(rationales.write(List.of(questions.get(i)), LabelerWork.NONE).questions().get(0))
          .isEqualTo(continued.questions().get(i));
    }
    Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
    AnswerLogProbs alone = labeler.ask(List.of(continued.questions().get(0))).get(0);
    AnswerLogProbs other = labeler.ask(List.of(continued.questions().get(1))).get(0);
    assertThat(said.votes().get(0).vote().firstShownFirst())
        .isCloseTo(LogOddsVote.of(alone, other).firstShownFirst(), within(1e-4));
  }

  @Test
  void whatTheJudgeWroteIsKeptWithItsVote() {
    LocalLabeler labeler = labeler(4096);
    Rationales rationales = new Rationales(model, constitution().judge().reasoning().orElseThrow());
    List<String> texts = rationales.write(labeler.questions(PAIR), LabelerWork.NONE).texts();

    Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();

    assertThat(said.votes().get(0).reasons()).contains(new Reasons(texts.get(0), texts.get(1)));
    assertThat(said.votes().get(1).reasons()).contains(new Reasons(texts.get(2), texts.get(3)));
    assertThat(
            new JudgedPair("x", PAIR.facet(), Optional.empty(), Optional.of(said))
                .toJson()
                .at("/votes/honesty/rationales/second_shown_first")
                .asText())
        .isEqualTo(texts.get(1));
  }

  @Test
  void whatIsWrittenCountsAsWork() {
    LocalLabeler labeler = labeler(4096);
    LocalLabeler plain =
        new LocalLabeler(
            model,
            Constitution.parse(FeedbackFixture.WORDING, "test"),
            LocalLabeler.TOKENS_PER_PASS);

    labeler.judge(List.of(PAIR));
    plain.judge(List.of(PAIR));

    assertThat(labeler.work().questions()).isEqualTo(plain.work().questions());
    assertThat(labeler.work().tokensComputed()).isGreaterThan(plain.work().tokensComputed());
  }

  @Test
  void aQuestionThatLeavesNoRoomForTheRationaleIsLeftOut() {
    int[] question = labeler(4096).questions(PAIR).get(0);
    int room = 512 - question.length;
    String wording = WORDING.replace("tokens: 9", "tokens: " + Math.min(1024, room));
    LocalLabeler labeler =
        new LocalLabeler(model, Constitution.parse(wording, "test"), LocalLabeler.TOKENS_PER_PASS);

    List<Optional<Judgement>> said = labeler.judge(List.of(PAIR));

    assertThat(said).containsExactly(Optional.empty());
  }

  private static Constitution constitution() {
    return Constitution.parse(WORDING, "test");
  }

  private static LocalLabeler labeler(int tokensPerPass) {
    return new LocalLabeler(model, constitution(), tokensPerPass);
  }
}
