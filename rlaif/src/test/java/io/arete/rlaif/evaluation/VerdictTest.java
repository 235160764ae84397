package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.Interval;
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

  private static Verdict verdict(double difference, double low, double high) {
    return Verdict.of(new Bootstrap(difference, new Interval(low, high), 0.1, 50));
  }
}
