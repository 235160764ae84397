package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstitutionFormatTest {

  private static final Path REFERENCE = Path.of("../docs/constitutions.md");
  private static final Path BOX = Path.of("src/main/resources/io/arete/rlaif/constitutions");

  static List<String> names() {
    return ConstitutionText.inTheBox();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsInTheBoxIsWholeAndCanBeCopied(String name) {
    String text = ConstitutionText.read("box:" + name);
    Constitution constitution = Constitution.parse(text, name);

    assertThat(constitution.name()).isEqualTo(name);
    assertThat(constitution.revision()).isPresent();
    assertThat(constitution.judge().examples()).isEmpty();
    assertThat(constitution.judge().reasoning()).isEmpty();
    assertThat(text).isASCII();
  }

  @Test
  void theBoxListsEveryFileInIt() throws IOException {
    try (Stream<Path> files = Files.list(BOX)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(ConstitutionText.inTheBox());
    }
  }

  @Test
  void theStudysQuestionIsTheTextThatThePracticeBaseWasTrainedOn() {
    Constitution constitution = Constitution.load("box:virtues");

    assertThat(
            constitution
                .judge()
                .question(Facet.MOTIVATION, constitution.virtues().get(0), "Hi", "one", "two"))
        .isEqualTo(
            """
            Two assistants, A and B, were given the same conversation.

            Conversation:
            Hi

            Stated motivation of assistant A:
            one

            Stated motivation of assistant B:
            two

            Which of the two shows more honesty, that is, says what is true, admits what it does not \
            know, and neither misleads nor hides what matters? Reply with A or B.""");
  }

  @Test
  void signsAreShownInTheCardinalQuestion() {
    Constitution constitution = Constitution.load("box:cardinal");

    assertThat(
            constitution
                .judge()
                .question(Facet.ACTION, constitution.virtues().get(1), "Hi", "one", "two"))
        .endsWith(
            """
            Signs of it: considers those who are absent or have no voice; measures both sides alike.
            Signs of its lack: takes an unfair side; lends itself to fraud, theft or harm.
            Reply with A or B.""");
  }

  @Test
  void theReferencesExampleIsValidAndSaysWhatItSays() throws IOException {
    Matcher yaml =
        Pattern.compile("```yaml\n(name: .*?)```", Pattern.DOTALL)
            .matcher(Files.readString(REFERENCE));
    assertThat(yaml.find()).isTrue();

    Constitution constitution = Constitution.parse(yaml.group(1), "docs/constitutions.md");

    assertThat(constitution.virtues()).hasSize(2);
    assertThat(constitution.reads(Facet.CONSEQUENCES)).isEqualTo(Reads.PROMPT_AND_REPLY);
    assertThat(constitution.judge().examples()).hasSize(1);
    assertThat(constitution.judge().examples().get(0).reasoning()).isPresent();
    assertThat(constitution.judge().reasoning()).map(JudgeReasoning::tokens).contains(96);
    assertThat(constitution.revision()).map(RevisionWording::asTurns).contains(true);
  }

  @Test
  void everyKeyOfTheFormatStandsInTheReference() throws IOException {
    String reference = Files.readString(REFERENCE);

    assertThat(
            List.of(
                "`name`",
                "`virtues.NAME.description`",
                "`virtues.NAME.weight`",
                "`virtues.NAME.signs.present`",
                "`virtues.NAME.signs.absent`",
                "`questions.motivation`",
                "`questions.consequences`",
                "`reads.FACET`",
                "`judge.wording`",
                "`judge.parts.FACET`",
                "`judge.answers`",
                "`judge.examples`",
                "`judge.reasoning.wording`",
                "`judge.reasoning.answer`",
                "`judge.reasoning.tokens`",
                "`revision.critique`",
                "`revision.revise`"))
        .allSatisfy(key -> assertThat(reference).contains("| " + key + " |"));
  }

  @Test
  void defaultsAreThoseOfTheReference() {
    Constitution constitution =
        with("answers: [A, B]", "answers: [A, B]\n  reasoning: {wording: 'Explain {virtue}.'}");

    JudgeReasoning reasoning = constitution.judge().reasoning().orElseThrow();
    assertThat(reasoning.tokens()).isEqualTo(128);
    assertThat(reasoning.answer()).isEqualTo("Now reply with A or B.");
    assertThat(reasoning.asked(constitution.virtues().get(0))).isEqualTo("Explain harmlessness.");
    assertThat(constitution.reads(Facet.MOTIVATION)).isEqualTo(Reads.WHOLE);
  }

  @Test
  void faultsOfExamplesReasoningAndRevisionAreNamedAtOnce() {
    String text =
        harmlessness()
                .replace(
                    "answers: [A, B]",
                    """
                    answers: [A, B]
                      reasoning: {wording: "{first}", answer: "Say {virtue}", tokens: 0, more: 1}
                      examples:
                        - {virtue: courage, facet: deed, prompt: p, first: a, second: b, answer: C}
                        - {virtue: harmlessness, prompt: p, first: a, reasoning: r, answer: A, id: 7}
                        - none
                    """
                        .strip())
                .replace("{reply}", "")
            + "  third: x\n";

    assertThatThrownBy(() -> Constitution.parse(text, "mine.yaml"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("judge.reasoning.wording holds {first}, which is none of [absent, ")
        .hasMessageContaining("judge.reasoning.answer holds {virtue}, but no placeholder means")
        .hasMessageContaining(
            "judge.reasoning.tokens is \"0\" but must be a whole number from 1 to 1024")
        .hasMessageContaining("unknown key judge.reasoning.more")
        .hasMessageContaining(
            "judge.examples[0].virtue is \"courage\" but must be one of [harmlessness]")
        .hasMessageContaining("judge.examples[0].facet is \"deed\" but must be one of [action, ")
        .hasMessageContaining("judge.examples[0].answer is \"C\" but must be one of [A, B]")
        .hasMessageContaining(
            "judge.examples[0].reasoning is missing, but judge.reasoning is given")
        .hasMessageContaining("judge.examples[1].second is missing")
        .hasMessageContaining("unknown key judge.examples[1].id")
        .hasMessageContaining("judge.examples[2] must be a group of keys")
        .hasMessageContaining("revision.critique lacks {reply}")
        .hasMessageContaining("revision.revise lacks {reply}")
        .hasMessageContaining("unknown key revision.third");
  }

  @Test
  void examplesShowNoReasoningWhereNoneIsAsked() {
    assertThatThrownBy(
            () ->
                with(
                    "answers: [A, B]",
                    "answers: [A, B]\n  examples: [{virtue: harmlessness, prompt: p, first: a,"
                        + " second: b, reasoning: r, answer: A}]"))
        .hasMessageContaining("judge.examples[0].reasoning is given, but judge.reasoning is not");
  }

  @Test
  void aLimitOfReasoningOutOfRangeIsRefused() {
    for (String tokens : List.of("1025", "-1", "1.5", "many", "[1]", "99999999999")) {
      assertThatThrownBy(
              () ->
                  with(
                      "answers: [A, B]",
                      "answers: [A, B]\n  reasoning: {wording: 'Why?', tokens: " + tokens + "}"))
          .as(tokens)
          .hasMessageContaining("judge.reasoning.tokens is ")
          .hasMessageContaining("from 1 to 1024");
    }
  }

  @Test
  void signsThatNoWordingShowsAreRefusedAndSoIsAWordingWithoutSigns() {
    assertThatThrownBy(() -> with("weight: 1", "weight: 1\n    signs: {present: [is kind]}"))
        .hasMessageContaining(
            "virtues.harmlessness.signs.present is given, but no wording holds {present}");
    assertThatThrownBy(() -> with("Reply with A or B.", "Against it: {absent}. Reply with A or B."))
        .hasMessageContaining(
            "virtues.harmlessness.signs.absent is missing, but a wording holds {absent}");
    assertThatThrownBy(() -> with("weight: 1", "weight: 1\n    signs: {present: [], other: [x]}"))
        .hasMessageContaining("signs.present is a list of 0 but must be a list of 1 to 32")
        .hasMessageContaining("unknown key virtues.harmlessness.signs.other");
  }

  @Test
  void hugeTextsListsAndNamesAreRefusedByName() {
    assertThatThrownBy(() -> with("weight: 1", "weight: 1\n  " + "x".repeat(101) + ": {}"))
        .hasMessageContaining("virtues holds a name of 101 characters");
    assertThatThrownBy(() -> with("Whom could the answer", "x".repeat(20_001)))
        .hasMessageContaining("questions.consequences has 2")
        .hasMessageContaining("at most 20000 characters");
    String example =
        "\n    - {virtue: harmlessness, prompt: p, first: a, second: b, answer: A}".repeat(17);
    assertThatThrownBy(() -> with("answers: [A, B]", "answers: [A, B]\n  examples:" + example))
        .hasMessageContaining("judge.examples is a list of 17 but must be a list of 1 to 16");
    assertThatThrownBy(() -> Constitution.parse("name: " + "[".repeat(50), "deep"))
        .hasMessageContaining("nested deeper");
  }

  @Test
  void aRevisionIsWholeOrMadeOfTurns() {
    String start = harmlessness().substring(0, harmlessness().indexOf("revision:"));

    RevisionWording turns =
        Constitution.parse(
                start + "revision: {critique: 'Where does it lack {virtue}?', revise: Do better.}",
                "test")
            .revision()
            .orElseThrow();

    assertThat(turns.asTurns()).isTrue();
    assertThat(turns.critique(new Virtue("wit", "is funny", 1), "p", "r"))
        .isEqualTo("Where does it lack wit?");
    assertThatThrownBy(
            () ->
                Constitution.parse(
                    start + "revision: {critique: 'Of {reply}?', revise: Do better.}", "test"))
        .hasMessageContaining("revision.critique lacks {prompt}")
        .hasMessageContaining("revision.revise lacks {critique}");
  }

  @Test
  void whatIsOffByDefaultStaysWhenTheReadingIsSet() {
    Constitution constitution = Constitution.load("box:virtues").reading(Reads.PROMPT_AND_REPLY);
    assertThat(constitution.revision()).isPresent();
    assertThat(constitution.judge().reasoning()).isEqualTo(Optional.empty());
  }

  private static String harmlessness() {
    return ConstitutionText.read("box:harmlessness");
  }

  private static Constitution with(String before, String after) {
    assertThat(harmlessness()).contains(before);
    return Constitution.parse(harmlessness().replace(before, after), "test");
  }
}
