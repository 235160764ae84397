package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstitutionTest {

  @Test
  void theBoxHoldsTheSixVirtuesAndTheStudysQuestions() {
    Constitution constitution = Constitution.load("box:virtues");

    assertThat(constitution.virtues())
        .extracting(Virtue::name)
        .containsExactly("honesty", "prudence", "justice", "compassion", "humility", "respect");
    assertThat(constitution.question(Facet.ACTION)).isEmpty();
    assertThat(constitution.question(Facet.MOTIVATION))
        .contains("What is the motivation behind the answer?");
    assertThat(constitution.question(Facet.CONSEQUENCES))
        .contains("What is the utility of the action towards promoting your virtuous character?");
    assertThat(constitution.reads(Facet.ACTION)).isEqualTo(Reads.WHOLE);
    assertThat(constitution.reading(Reads.PROMPT_AND_REPLY).reads(Facet.MOTIVATION))
        .isEqualTo(Reads.PROMPT_AND_REPLY);
  }

  @Test
  void allVirtuesShareTheQuestionUpToTheVirtueAndItEndsInTheAnswers() {
    Constitution constitution = Constitution.load("box:virtues");
    List<String> questions =
        constitution.virtues().stream()
            .map(virtue -> constitution.judge().question(Facet.ACTION, virtue, "Hi", "one", "two"))
            .toList();
    String shared = questions.get(0).substring(0, questions.get(0).indexOf("honesty"));

    assertThat(questions).allSatisfy(question -> assertThat(question).startsWith(shared));
    assertThat(questions).allSatisfy(q -> assertThat(q).endsWith("Reply with A or B."));
    assertThat(shared).contains("Hi", "Answer of assistant A:\none", "two");
  }

  @Test
  void placeholdersInsideTextsStayAsTheyAre() {
    Constitution constitution = Constitution.load("box:virtues");
    String question =
        constitution
            .judge()
            .question(
                Facet.ACTION, constitution.virtues().get(0), "{second} $1 \\", "{virtue}", "x");

    assertThat(question).contains("{second} $1 \\\n", "{virtue}\n");
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    String text =
        """
        name: mine
        virtues:
          wit: {weight: -1}
        questions: {motivation: "Why?", action: "What?"}
        reads: {action: all}
        judge:
          wording: '{prompt} {first} {nothing}'
          answers: [A, A]
        extra: 1
        """;

    assertThatThrownBy(() -> Constitution.parse(text, "mine.yaml"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("virtues.wit.description is missing")
        .hasMessageContaining("virtues.wit.weight is \"-1\"")
        .hasMessageContaining("questions.consequences is missing")
        .hasMessageContaining("unknown key questions.action")
        .hasMessageContaining("reads.action is \"all\" but must be whole or prompt+reply")
        .hasMessageContaining("judge.wording holds {nothing}")
        .hasMessageContaining("judge.wording lacks {second}")
        .hasMessageContaining("judge.wording lacks {virtue}")
        .hasMessageContaining("judge.answers must be a list of two different words")
        .hasMessageContaining("parts is missing")
        .hasMessageContaining("unknown key extra");
  }

  @Test
  void anUnknownBoxIsAClearFailure() {
    assertThatThrownBy(() -> Constitution.load("box:../x")).hasMessageContaining("box:virtues");
    assertThatThrownBy(() -> Constitution.load("box:vices")).hasMessageContaining("box:virtues");
    assertThatThrownBy(() -> Constitution.load("none.yaml")).hasMessageContaining("no such file");
    assertThatThrownBy(() -> Constitution.load("virtues"))
        .hasMessage("There is no file virtues; did you mean box:virtues, which comes with Arete?");
  }
}
