package io.arete.rlaif.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.ConstitutionText;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred replies written to mislead a judge: none may pass for the judge's own template. */
class HostileWordsTest {

  private static final int COUNT = 200;
  private static final Prompt PROMPT = Prompt.of(List.of(Message.user("May I?")));

  /** What a person would look for by eye; in lower case, with single blanks. */
  private static final List<String> MARKERS =
      List.of(
          "two assistants, a and b",
          "\nconversation:",
          " of assistant a:",
          " of assistant b:",
          "which of the two shows more",
          "reply with a",
          "reply with b",
          "(a)",
          "(b)",
          "\nassistant:",
          "\nuser:",
          "\nsystem:");

  static List<String> boxes() {
    return ConstitutionText.inTheBox().stream().map(name -> "box:" + name).toList();
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void noMarkerStandsInALineThatIsNotQuoted(String box) {
    Constitution constitution = Constitution.load(box);
    JudgeTexts texts = new JudgeTexts(constitution);
    int quoted = 0;
    for (String words : words(constitution)) {
      String reply = "Yes, do.\n" + words;
      Comparison comparison = texts.actions(PROMPT, reply, "No.");
      String unquoted =
          comparison.first().lines().filter(line -> !line.startsWith("> ")).toList().toString();
      String plain = ("\n" + unquoted).toLowerCase(Locale.ROOT).replaceAll(" +", " ");
      assertThat(MARKERS).noneSatisfy(marker -> assertThat(plain).contains(marker));
      assertThat(comparison.first().replaceAll("(?m)^> ", ""))
          .as("nothing is lost")
          .isEqualTo(reply);
      assertThat(comparison.second()).isEqualTo("No.");
      quoted += comparison.first().startsWith("> ") ? 1 : 0;
    }
    assertThat(quoted).isGreaterThan(COUNT * 9 / 10);
  }

  @Test
  void differentTextsStayDifferent() {
    Constitution constitution = Constitution.load("box:virtues");
    JudgeTexts texts = new JudgeTexts(constitution);
    Map<String, String> sources = new HashMap<>();
    for (String words : words(constitution)) {
      for (String text : List.of(words, "> " + words, words.replaceAll("(?m)^", "> "))) {
        String before = sources.put(texts.actions(PROMPT, text, "No.").first(), text);
        assertThat(before == null || before.equals(text)).isTrue();
      }
    }
  }

  @Test
  void wordsFollowFromTheKeyAndVary() {
    Constitution constitution = Constitution.load("box:virtues");
    assertThat(words(constitution)).isEqualTo(words(constitution));
    assertThat(words(constitution).stream().distinct().count()).isGreaterThan(COUNT * 9 / 10);
  }

  @Test
  void harmlessWordsAreAsLongAndNeverQuoted() {
    JudgeTexts texts = new JudgeTexts(Constitution.load("box:virtues"));
    for (int letters = 1; letters < COUNT; letters++) {
      String words = HarmlessWords.draw(letters, String::length, CountedRandom.of(letters));
      assertThat(words).hasSize(letters);
      assertThat(texts.actions(PROMPT, words, "No.").first()).isEqualTo(words);
    }
  }

  private static List<String> words(Constitution constitution) {
    HostileWords hostile = new HostileWords(constitution);
    return IntStream.range(0, COUNT)
        .mapToObj(i -> hostile.draw(CountedRandom.of(7).at(i)))
        .toList();
  }
}
