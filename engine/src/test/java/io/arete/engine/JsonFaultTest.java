package io.arete.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user whose file is no JSON reads what is wrong with it, and nothing of the parser's settings.
 */
class JsonFaultTest {

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2", "{\"a\": ", "{\"a\": \"b", "{\"a\" 1}", "nul", "{\"a\": [}"})
  void saysWhatIsWrongAndNotWhereTheParserLooked(String text) {
    JsonProcessingException failure =
        catchThrowableOfType(
            JsonProcessingException.class, () -> new ObjectMapper().readTree(text));
    assertThat(JsonFault.of(failure))
        .isNotBlank()
        .doesNotContain("Source")
        .doesNotContain("REDACTED")
        .doesNotContain("\n");
  }
}
