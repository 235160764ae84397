package io.arete.rlaif.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatResponseTest {

  private static final ChatRequest REQUEST = new ChatRequest("{}", 77);

  @Test
  void theServersCountIsTaken() {
    assertThat(tokens("123")).isEqualTo(123);
  }

  /** One absurd count would end the budget of a whole labeling. */
  @ParameterizedTest
  @ValueSource(strings = {"-5", "0", "9000000000000000000", "1e300", "\"many\"", "null"})
  void aCountThatNoModelReachesIsNotTaken(String told) {
    assertThat(tokens(told)).isEqualTo(REQUEST.estimatedTokens());
  }

  private static long tokens(String told) {
    String body =
        """
        {"choices": [{"message": {"content": "yes"}}], "usage": {"total_tokens": %s}}
        """
            .formatted(told);
    return ChatResponse.answer(body.getBytes(StandardCharsets.UTF_8), REQUEST, ApiKey.NONE)
        .orElseThrow()
        .tokens();
  }
}
