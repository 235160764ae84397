package io.arete.rlaif.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.labeling.PairColumns.Wanted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "prompt chosen rejected,prompt,chosen,rejected,true",
    "chosen rejected source,,chosen,rejected,true",
    "Prompt A B,Prompt,A,B,false",
    "question first second,question,first,second,false",
    "prompt response_0 response_1 is_safe,prompt,response_0,response_1,false"
  })
  void knownNamesAreFound(
      String names, String prompt, String first, String second, boolean preferred) {
    PairColumns columns = choose(names, Wanted.NOTHING);
    assertThat(columns)
        .isEqualTo(
            new PairColumns(
                Optional.ofNullable(prompt),
                first,
                second,
                preferred,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(columns.told()).contains(first, second);
  }

  @Test
  void whatIsSaidGoesBeforeWhatIsKnown() {
    Wanted wanted =
        new Wanted(
            Optional.of("task"),
            Optional.of("good"),
            Optional.of("bad"),
            Optional.empty(),
            Optional.empty());
    assertThat(choose("prompt chosen rejected task good bad", wanted))
        .isEqualTo(
            new PairColumns(
                Optional.of("task"),
                "good",
                "bad",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void missingColumnsAreToldWithThoseThatAreThere() {
    assertThatThrownBy(() -> choose("prompt text \u001b[2Jscore", Wanted.NOTHING))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("chosen/rejected")
        .hasMessageContaining("it has prompt, text, \\u001b[2Jscore")
        .hasMessageContaining("--first-column");
    Wanted wanted =
        new Wanted(
            Optional.of("task"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> choose("prompt a b", wanted))
        .hasMessageContaining("has no column task; it has prompt, a, b.");
  }

  @Test
  void halfAPairOfColumnsIsRefused() {
    assertThatThrownBy(
            () ->
                new Wanted(
                    Optional.empty(),
                    Optional.of("good"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("--rejected-column");
  }

  private static PairColumns choose(String names, Wanted wanted) {
    return PairColumns.choose("pairs.csv", List.of(names.split(" ")), wanted);
  }
}
