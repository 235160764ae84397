package io.arete.rlaif.attack.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If this breaks, an attacker that talks before its JSON counts as broken, or breaks the run. */
class AttackerReplyTest {

  private static final AttackerReply EXPECTED = new AttackerReply("shorter", "Please {do} it");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"improvement\": \"shorter\", \"prompt\": \"Please {do} it\"}",
        "Sure!\n```json\n{\"improvement\":\"shorter\",\"prompt\":\"Please {do} it\"}\n```\nDone.",
        "{\"prompt\": \" Please {do} it\\n\", \"improvement\": \"shorter\", \"more\": [1]} {\"a\"",
      })
  void isReadOutOfWhateverStandsAroundIt(String text) {
    assertThat(AttackerReply.read(text)).contains(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no braces",
        "{\"improvement\": \"a\"}",
        "{\"prompt\": \"a\"}",
        "{\"improvement\": \"a\", \"prompt\": \" \"}",
        "{\"improvement\": \"a\", \"prompt\": 7}",
        "{\"improvement\": \"a\", \"prompt\": \"The new prompt\"}",
        "{\"improvement\": \"a\", \"prompt\": \"never ends",
        "{{{{{{{{",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}},\"improvement\":\"a\",\"prompt\":\"b\"}"
      })
  void isNothingWhereNoPromptCanBeSent(String text) {
    assertThat(AttackerReply.read(text)).isEqualTo(Optional.empty());
  }

  @Test
  void isBoundedInLength() {
    String head = "{\"improvement\": \"a\", \"prompt\": \"";
    assertThat(AttackerReply.read(head + "b".repeat(8_000) + "\"}")).isPresent();
    assertThat(AttackerReply.read(head + "b".repeat(8_001) + "\"}")).isEmpty();
    assertThat(AttackerReply.read("[".repeat(100_000))).isEmpty();
    assertThat(AttackerReply.read("{\"a\":".repeat(20_000))).isEmpty();
  }
}
