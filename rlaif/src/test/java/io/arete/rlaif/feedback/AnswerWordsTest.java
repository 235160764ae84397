package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.endpoint.ChatAnswer;
import io.arete.rlaif.endpoint.TokenLogProb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerWordsTest {

  private static final AnswerWords LETTERS = words("A, B");
  private static final AnswerWords NAMES = words("First, Second");

  @Test
  void spellingsWithAndWithoutALeadingSpaceAddUp() {
    AnswerWords.Reading read =
        LETTERS.ofLogProbs(
            answer("A", 0.4, " A", 0.2, "\u2581A", 0.05, "B", 0.1, "\u0120B", 0.05, "a", 0.1));

    assertThat(read.logOdds()).isCloseTo(Math.log(0.65 / 0.15), within(1e-9));
    assertThat(read.mass()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void aTokenThatBeginsAnAnswerCountsForIt() {
    AnswerWords.Reading read =
        NAMES.ofLogProbs(answer("Fir", 0.3, " First", 0.3, "S", 0.2, "Firs!", 0.1, " ", 0.1));

    assertThat(read.logOdds()).isCloseTo(Math.log(0.6 / 0.2), within(1e-9));
  }

  @Test
  void anAnswerThatIsNotListedIsAtMostAsLikelyAsTheUnlikeliestListedOne() {
    AnswerWords.Reading read = LETTERS.ofLogProbs(answer("A", 0.7, "The", 0.1, "I", 0.05));
    assertThat(read.logOdds()).isCloseTo(Math.log(0.7 / 0.05), within(1e-9));
    assertThat(read.mass()).isCloseTo(0.7, within(1e-9));
    assertThat(read.oneListed()).isTrue();

    AnswerWords.Reading rest = LETTERS.ofLogProbs(answer("B", 0.9, "The", 0.09));
    assertThat(rest.logOdds()).isCloseTo(Math.log(0.01 / 0.9), within(1e-6));
  }

  /** In doubles 1 and e^−17 are a little more than 1, which leaves less than nothing. */
  @Test
  void aNearlyCertainAnswerIsNotSurerThanTheListSays() {
    AnswerWords.Reading read = LETTERS.ofLogProbs(answer("A", 1.0, "The", Math.exp(-17)));
    assertThat(read.logOdds()).isCloseTo(17, within(1e-6));
  }

  /** A server that lists one token, or no other that has a number. */
  @Test
  void anAnswerThatIsListedAloneIsSure() {
    assertThat(LETTERS.ofLogProbs(answer("A", 1.0)).logOdds())
        .isCloseTo(Math.log(1e6), within(1e-9));
    assertThat(LETTERS.ofLogProbs(answer("B", 0.99)).logOdds())
        .isCloseTo(Math.log(0.01 / 0.99), within(1e-9));
  }

  @Test
  void aJudgeThatNamesNeitherSaysNothing() {
    assertThat(LETTERS.ofLogProbs(answer("The", 0.9)))
        .isEqualTo(new AnswerWords.Reading(0, 0, false));
    assertThat(LETTERS.ofLogProbs(answer())).isEqualTo(new AnswerWords.Reading(0, 0, false));
    assertThat(LETTERS.ofReplies(replies("Neither.", "")))
        .isEqualTo(new AnswerWords.Reading(0, 0, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A | 1", "' B' | -1", "**A** | 1", "(B) because A is rude | -1", "I say A. | 1",
        "Answer: B | -1", "A and B | 1", "It is a tie | 0", "Both A and B | 0", "As I said, B | -1",
        "A's better | 0", "Bad | 0", "'\"A\"' | 1"
      })
  void aReplyIsReadByItsWholeWords(String reply, int vote) {
    assertThat(Integer.signum((int) Math.signum(LETTERS.ofReplies(replies(reply)).logOdds())))
        .isEqualTo(vote);
  }

  @Test
  void wordsOfSeveralLettersAreReadInAnyCase() {
    assertThat(NAMES.ofReplies(replies("the first one")).logOdds()).isPositive();
    assertThat(NAMES.ofReplies(replies("SECOND")).logOdds()).isNegative();
  }

  @Test
  void votesAreCountedWithOneHalfAdded() {
    AnswerWords.Reading read = LETTERS.ofReplies(replies("A", "A", "A", "B", "hm", "A", "?", "A"));

    assertThat(read.logOdds()).isCloseTo(Math.log(5.5 / 1.5), within(1e-12));
    assertThat(read.mass()).isEqualTo(6.0 / 8);
    assertThat(new VoteCount(8, 0).logOdds()).isCloseTo(Math.log(17), within(1e-12));
  }

  @Test
  void answersThatBeginAlikeAreRefusedInOneSentence() {
    assertThatThrownBy(() -> words("\"A is\", \"A was\""))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("judge.answers");
  }

  private static AnswerWords words(String answers) {
    String wording = FeedbackFixture.WORDING.replace("[A, B]", "[" + answers + "]");
    return new AnswerWords(Constitution.parse(wording, "test").judge());
  }

  private static ChatAnswer answer(Object... tokens) {
    List<TokenLogProb> first = new ArrayList<>();
    for (int i = 0; i < tokens.length; i += 2) {
      first.add(new TokenLogProb((String) tokens[i], Math.log((double) tokens[i + 1])));
    }
    return new ChatAnswer("", first, 1);
  }

  private static List<ChatAnswer> replies(String... texts) {
    return List.of(texts).stream().map(text -> new ChatAnswer(text, List.of(), 1)).toList();
  }
}
