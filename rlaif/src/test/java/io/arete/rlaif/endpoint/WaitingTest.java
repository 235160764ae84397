package io.arete.rlaif.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  @Test
  void aServerSaysHowLongToWaitInSecondsOrByADate() {
    assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Thu, 26 Nov 2026 10:00:07 GMT", NOW))
        .contains(Duration.ofSeconds(7));
    assertThat(RetryAfter.parse("Thu, 26 Nov 2026 09:00:00 GMT", NOW)).contains(Duration.ZERO);
    for (String wrong : new String[] {"soon", "-3", "", "99999999999999999999", "1.5"}) {
      assertThat(RetryAfter.parse(wrong, NOW)).as(wrong).isEmpty();
    }
  }

  @Test
  void requestsAreSpreadOverTheMinute() {
    VirtualTime time = new VirtualTime();
    Pace pace = new Pace(time, 30);
    for (int i = 0; i < 31; i++) {
      pace.await();
    }
    assertThat(time.seconds()).isCloseTo(60, within(1e-6));
  }

  @Test
  void nobodyBeginsWhileTheServerHasAskedEverybodyToWait() {
    VirtualTime time = new VirtualTime();
    Pace pace = new Pace(time, 0);
    pace.holdAll(Duration.ofSeconds(20));
    pace.holdAll(Duration.ofSeconds(5));
    pace.await();
    assertThat(time.seconds()).isCloseTo(20, within(1e-6));
    pace.await();
    assertThat(time.seconds()).isCloseTo(20, within(1e-6));
  }

  @Test
  void theBudgetCountsWhatIsUnderWay() {
    Budget budget = new Budget(allowing(0, 100), 0, 0, "there");
    budget.take(60);
    assertThatThrownBy(() -> budget.take(60))
        .isInstanceOf(AreteException.class)
        .hasMessageContainingAll("max_tokens is 100", "kept in there");
    budget.settle(60, 10);
    budget.take(60);
    budget.settle(60, 0);
    budget.take(90);
  }

  @Test
  void requestsOfEarlierProcessesCount() {
    Budget budget = new Budget(allowing(3, 0), 2, 1000, "there");
    budget.take(5);
    assertThatThrownBy(() -> budget.take(5)).hasMessageContaining("max_requests is 3");
  }

  private static EndpointSettings allowing(int requests, int tokens) {
    return EndpointFixture.settings("http://127.0.0.1/v1", Path.of("cache"), 1, requests, tokens);
  }
}
