package io.arete.rlaif.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, character is compared with other rules than those that were asked for. */
class RuleTextTest {

  @TempDir private Path folder;

  @Test
  void theBoxHoldsRulesAsProductsHaveThem() {
    assertThat(RuleText.inTheBox())
        .containsExactly(
            "box:ethical",
            "box:agent",
            "box:service",
            "box:prohibitions",
            "box:policy",
            "box:persona");
    assertThat(RuleText.read("box:ethical")).isEqualTo("Your answers should be ethical.");
    assertThat(RuleText.inTheBox().stream().map(RuleText::read))
        .doesNotHaveDuplicates()
        .allSatisfy(text -> assertThat(text).isNotBlank().hasSizeLessThan(2_000));
    assertThat(RuleText.read("box:prohibitions")).contains("\n1. ").contains("\n6. ");
  }

  @Test
  void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
    assertThatThrownBy(() -> RuleText.read("box:polcy"))
        .isInstanceOf(AreteException.class)
        .hasMessage(
            "There are no rules box:polcy in the box; take one of [box:ethical, box:agent,"
                + " box:service, box:prohibitions, box:policy, box:persona] or a file.");
  }

  @Test
  void aFileIsReadAndALineIsTakenAtItsWord() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.txt"), "Be good.\n");

    assertThat(RuleText.read(file.toString())).isEqualTo("Be good.");
    assertThat(RuleText.ofLine("Be good.")).isEqualTo("Be good.");
    assertThat(RuleText.ofLine("box:agent")).isEqualTo(RuleText.read("box:agent"));
  }
}
