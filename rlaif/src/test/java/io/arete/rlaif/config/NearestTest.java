package io.arete.rlaif.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void editsAreCountedAsAPersonMakesThem() {
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.edits("gamam", "gamma")).isEqualTo(1);
    assertThat(Nearest.edits("clip", "clip")).isZero();
  }

  @Test
  void whatIsFarIsNotClose() {
    List<String> names = List.of("--out", "--prompts", "--temperature");
    assertThat(Nearest.close("--promt", names)).contains("--prompts");
    assertThat(Nearest.close("--temp", names)).contains("--temperature");
    assertThat(Nearest.close("--output", names)).contains("--out");
    assertThat(Nearest.close("--verbose", names)).isEmpty();
    assertThat(Nearest.close("x".repeat(1_000_000), names)).isEmpty();
  }

  @Test
  void theNearestIsFoundEvenForAbsurdInput() {
    assertThat(Nearest.of("ppo.gama", List.of("ppo.clip", "ppo.gamma"))).isEqualTo("ppo.gamma");
    assertThat(Nearest.of("x".repeat(1_000_000), List.of("seed"))).isEqualTo("seed");
  }
}
