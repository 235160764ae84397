package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.AreteException;
import io.arete.engine.TinyChatModel;
import io.arete.rlaif.data.Facet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has pairs and wants to know which reply is better. */
class PairLabelerTest {

  private static final String CONSTITUTION =
      """
      name: two
      virtues:
        honesty: {description: says what is true}
        prudence: {description: thinks ahead}
      questions: {motivation: "Why?", consequences: "What for?"}
      reads: {action: whole, motivation: whole, consequences: whole}
      judge:
        wording: "{prompt} A: {first} B: {second} More {virtue}, {description}?"
        parts: {action: act, motivation: motive, consequences: outcome}
        answers: [A, B]
      """;

  @TempDir private static Path root;
  private static Path model;
  private static String constitution;

  @BeforeAll
  static void writeModel() throws IOException {
    model = TinyChatModel.write(root.resolve("model"), 5);
    constitution = Files.writeString(root.resolve("two.yaml"), CONSTITUTION).toString();
  }

  @Test
  void turningAPairRoundTurnsItsLabelRound() {
    try (PairLabeler labeler = PairLabeler.open(model, constitution)) {
      PairLabel label = labeler.label(PairToLabel.of("May I?", "Yes", "No")).orElseThrow();
      PairLabel turned = labeler.label(PairToLabel.of("May I?", "No", "Yes")).orElseThrow();
      assertThat(label.p() + turned.p()).isCloseTo(1, within(1e-6));
      assertThat(label.positionBias()).isCloseTo(turned.positionBias(), within(1e-5));
      assertThat(label.votes()).containsOnlyKeys("honesty", "prudence");
      assertThat(label.tie()).isEqualTo(Math.abs(label.p() - 0.5) < PairLabeler.TIE_THRESHOLD);
    }
  }

  @Test
  void whatIsTooLongHasNoLabelAndTheOthersKeepTheirPlaces() {
    try (PairLabeler labeler = PairLabeler.open(model, constitution)) {
      List<Optional<PairLabel>> labels =
          labeler.label(
              Facet.ACTION,
              List.of(
                  PairToLabel.of("May I?", "Yes", "No"),
                  PairToLabel.of("May I?", "word ".repeat(600), "No"),
                  PairToLabel.of("And now?", "Go", "Stay")));
      assertThat(labels.get(0)).isPresent();
      assertThat(labels.get(1)).isEmpty();
      assertThat(labels.get(2)).isPresent();
    }
  }

  @Test
  void aConstitutionThatIsNotThereIsNamedBeforeAModelIsLoaded() {
    assertThatThrownBy(() -> PairLabeler.open(root.resolve("no model"), "box:nobody"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("nobody");
  }
}
