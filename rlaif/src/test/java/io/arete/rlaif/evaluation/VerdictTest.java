package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.Interval;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void aGainIsClaimedOnlyIfTheWholeIntervalLiesAboveZero() {
    assertThat(verdict(0.3, 0.1, 0.5).word()).isEqualTo(Verdict.Word.GAIN);
    assertThat(verdict(0.3, 0, 0.6).word()).isEqualTo(Verdict.Word.CANNOT_TELL);
  }

  @Test
  void aDifferenceThatIsNowhereAboveZeroIsNoGain() {
    assertThat(verdict(-0.3, -0.5, -0.1).word()).isEqualTo(Verdict.Word.NO_GAIN);
    assertThat(verdict(0, 0, 0).word()).isEqualTo(Verdict.Word.NO_GAIN);
  }

  @Test
  void whoCannotTellSaysWhatTheEvaluationCouldHaveShown() {
    assertThat(verdict(0.1, -0.1, 0.3).sentence())
        .contains("+0.100")
        .contains("-0.100 to +0.300")
        .contains("n = 50")
        .contains("0.280");
  }

  @Test
  void everyVerdictSaysHowManyPromptsWouldTell() {
    // 50 prompts have a standard error of 0.1; 2.8 of them shall be as small as the difference.
    assertThat(verdict(0.1, -0.1, 0.3).promptsThatWouldTell()).hasValue(392);
    assertThat(verdict(0.1, -0.1, 0.3).sentence()).contains("about 392 prompts would");
    assertThat(verdict(0.35, 0.15, 0.55).sentence())
        .startsWith("Gain")
        .contains("shows with about 32 prompts");
    assertThat(verdict(-0.3, -0.5, -0.1).sentence()).contains("a true gain of 0.280 would have");
    assertThat(verdict(0, -0.2, 0.2).promptsThatWouldTell()).isEmpty();
    assertThat(verdict(0, -0.2, 0.2).sentence()).contains("too small to be shown by any number");
  }

  @Test
  void aScoreThatRoseIsNoGainWhereSomethingSpeaksAgainstIt() {
    Bootstrap bootstrap = new Bootstrap(2.9, new Interval(2.8, 3.1), 0.1, 95);
    Doubt few = new Doubt("equal_length", "at equal length it is +0.1", OptionalLong.of(7000));
    Doubt alike = new Doubt("variety", "replies are alike", OptionalLong.empty());
    Verdict doubted = Verdict.of(bootstrap, "tuned - base", List.of(few, alike));
    assertThat(doubted.word()).isEqualTo(Verdict.Word.CANNOT_TELL);
    assertThat(doubted.sentence())
        .endsWith("all of it above 0, but at equal length it is +0.1; replies are alike.");
    assertThat(doubted.promptsThatWouldTell()).isEmpty();
    // Where only prompts are missing, it says how many.
    Verdict undecided = Verdict.of(bootstrap, "tuned - base", List.of(few));
    assertThat(undecided.sentence()).contains("about 7000 prompts would");
    assertThat(undecided.promptsThatWouldTell()).hasValue(7000);
    // What did not rise needs no doubt.
    Bootstrap none = new Bootstrap(0, new Interval(-1, 1), 0.5, 95);
    assertThat(Verdict.of(none, "tuned - base", List.of(alike)).doubts()).isEmpty();
  }

  private static Verdict verdict(double difference, double low, double high) {
    return Verdict.of(new Bootstrap(difference, new Interval(low, high), 0.1, 50), "tuned - base");
  }
}
