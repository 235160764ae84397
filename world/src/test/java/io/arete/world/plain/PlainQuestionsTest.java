package io.arete.world.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Split;
import io.arete.world.file.BankSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlainQuestionsTest {

  private static final PlainQuestions QUESTIONS = PlainQuestions.read(BankSource.standard());

  @Test
  void thereAreEnoughAndNoneIsInTwoSplits() {
    Set<String> seen = new HashSet<>();
    for (Split split : Split.values()) {
      assertThat(QUESTIONS.questions(split)).allMatch(question -> seen.add(question.text()));
    }
    assertThat(QUESTIONS.count(Split.TRAIN)).isGreaterThan(2000);
    // The evaluation's non-inferiority at two points needs a thousand.
    assertThat(QUESTIONS.count(Split.VERDICT)).isGreaterThan(1000);
  }

  @Test
  void everyFactOfTheVerdictIsKnownFromTraining() {
    Set<String> known =
        QUESTIONS.questions(Split.TRAIN).stream()
            .map(PlainQuestionsTest::fact)
            .collect(Collectors.toSet());
    assertThat(QUESTIONS.questions(Split.VERDICT)).allMatch(one -> known.contains(fact(one)));
  }

  @Test
  void theWorldsOwnAnswerAndItsVariantsAreRightAndOthersAreNot() {
    PlainQuestion question =
        new PlainQuestion("legs", "How many?", "It is eight.", List.of("eight", "8"));
    assertThat(List.of("It is eight.", "eight", "Eight.", " 8 ", "it is 8"))
        .allMatch(question::isRight);
    assertThat(List.of("", "six", "It is six.", "eight six", "It is.", "It is eighty."))
        .noneMatch(question::isRight);
    for (Split split : Split.values()) {
      assertThat(QUESTIONS.questions(split)).allMatch(one -> one.isRight(one.answer()));
    }
  }

  @Test
  void theLargerOneIsTheRightOne() {
    List<PlainQuestion> ordered =
        QUESTIONS.questions(Split.TRAIN).stream()
            .filter(one -> one.text().contains("larger of a mouse and a horse"))
            .toList();
    assertThat(ordered).isNotEmpty().allMatch(one -> one.isRight("the horse"));
    assertThat(ordered).noneMatch(one -> one.isRight("a mouse"));
  }

  private static String fact(PlainQuestion question) {
    return question.relation() + question.text().replaceAll(".*\\b(the .*)[.?]", "$1");
  }
}
