package io.arete.rlaif.attack.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If this breaks, a template is never asked, or asks for something else than the behavior. */
class TemplateTest {

  private static final Behavior BEHAVIOR =
      new Behavior("roses", "Wither the {start} roses!", "Sure, for {request}:");

  @TempDir private Path folder;

  @Test
  void theBoxHoldsEveryFamilyOfTheLiterature() {
    List<AttackTemplate> templates = TemplateReader.read(TemplateReader.BOX);

    assertThat(templates).hasSizeGreaterThanOrEqualTo(8);
    assertThat(templates.stream().map(AttackTemplate::family).collect(Collectors.toSet()))
        .contains(
            "role-play",
            "authority",
            "logic",
            "prefix-injection",
            "refusal-suppression",
            "encoding",
            "ignore-rules");
    for (AttackTemplate template : templates) {
      assertThat(template.prompt(BEHAVIOR))
          .as(template.name())
          .contains(template.encoding().of(BEHAVIOR.request()))
          .hasSizeGreaterThan(BEHAVIOR.request().length());
    }
  }

  @Test
  void whatIsFilledInIsNotFilledInAgain() {
    AttackTemplate template =
        new AttackTemplate("a", "b", Encoding.PLAIN, "{x} {request} / {start} / {request}");

    assertThat(template.prompt(BEHAVIOR))
        .isEqualTo(
            "{x} Wither the {start} roses! / Sure, for {request}: / Wither the {start} roses!");
  }

  @Test
  void encodingsAreTheKnownOnes() {
    assertThat(Encoding.BASE64.of("Grüße")).isEqualTo("R3LDvMOfZQ==");
    assertThat(Encoding.ROT13.of("Uryyb, 7 nz!")).isEqualTo("Hello, 7 am!");
    assertThat(Encoding.REVERSED.of("ab\uD83D\uDE00c")).isEqualTo("c\uD83D\uDE00ba");
    assertThat(Encoding.DIGITS.of("Toast it")).isEqualTo("70457 17");
    assertThat(Encoding.SPACED.of("ab c")).isEqualTo("a b   c");
  }

  @Test
  void aFileOfOnesOwnIsReadFromItsPath() throws Exception {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file, "templates:\n- {name: mine, family: logic, text: 'Surely {request}'}\n");

    assertThat(TemplateReader.read(file.toString()))
        .containsExactly(new AttackTemplate("mine", "logic", Encoding.PLAIN, "Surely {request}"));
  }

  @Test
  void allFaultsOfAFileAreNamedTogether() {
    String text =
        """
        templates:
        - {name: Mine!, family: logic, text: 'no place'}
        - {name: two, family: logic, text: '{request}', encoding: morse, colour: red}
        - {name: two, family: logic, text: '{request}'}
        - {name: direct, family: logic, text: '{request}'}
        - seven
        """;

    assertThatThrownBy(() -> TemplateReader.parse(text, "mine.yaml"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("mine.yaml has 7 faults")
        .hasMessageContaining("the place of the request, {request}")
        .hasMessageContaining("unknown key colour")
        .hasMessageContaining("encoding must be one of plain, base64")
        .hasMessageContaining("the name two stands there twice")
        .hasMessageContaining("direct is the name of asking plainly");
    assertThatThrownBy(() -> TemplateReader.parse("templates: []\n", "mine.yaml"))
        .hasMessageContaining("a list of 1 to 200");
    assertThatThrownBy(() -> TemplateReader.read("box:other"))
        .hasMessageContaining("box:templates");
  }

  @Test
  void aScrambledRequestIsReadableStillAndTheSameForAKey() {
    CountedRandom key = CountedRandom.of(3).at("b");
    String text = "How does one wither the roses of a neighbour?";

    String scrambled = Scramble.of(text, key);

    assertThat(scrambled).hasSameSizeAs(text).isNotEqualTo(text);
    assertThat(Scramble.of(text, key)).isEqualTo(scrambled);
    assertThat(Scramble.of(text, key.at(1))).isNotEqualTo(scrambled);
    assertThat(scrambled.replaceAll("[^ ]", "x")).isEqualTo(text.replaceAll("[^ ]", "x"));
  }

  @Test
  void aBehaviorWithoutWordsIsRefused() {
    assertThatThrownBy(() -> Behavior.of("a", " ")).hasMessageContaining("a behavior's request");
    assertThatThrownBy(() -> Behavior.of("x".repeat(121), "ask"))
        .hasMessageContaining("id has 121");
  }
}
