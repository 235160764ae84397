package io.arete.world.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final Slots SLOTS =
      new Slots(
          List.of(
              new FillingSort(
                  "person",
                  "first",
                  List.of(new Filling("Anna Berg", "Anna"), new Filling("Anna", "Anna"))),
              new FillingSort("place", "spot", List.of(new Filling("old mill", "mill")))));

  @Test
  void genitivesHyphensAndMarksAreWords() {
    assertThat(Words.of("Anna's well-kept  garden, 'sir'."))
        .containsExactly("Anna", "'s", "well-kept", "garden", ",", "'", "sir", "'", ".");
  }

  @Test
  void whatFillMakesMatchFinds() {
    Template template = Template.of("ask {first} at the {place}, then {first}'s friend");
    Map<String, String> fillings = Map.of("first", "Anna", "place", "old mill");
    List<String> words = Words.of("Please " + template.fill(fillings) + " too");
    assertThat(template.match(words, 1, SLOTS))
        .contains(new Template.Match(words.size() - 1, fillings));
    assertThat(template.match(words, 0, SLOTS)).isEmpty();
  }

  @Test
  void aSlotTakesTheLongestFilling() {
    assertThat(Template.of("{person}").match(List.of("Anna", "Berg"), 0, SLOTS))
        .contains(new Template.Match(2, Map.of("person", "Anna Berg")));
    assertThat(Template.of("{person}").match(List.of("Anna", "Stone"), 0, SLOTS))
        .contains(new Template.Match(1, Map.of("person", "Anna")));
  }

  @Test
  void aSlotThatStandsTwiceMustHoldTheSame() {
    Template template = Template.of("{person} and {person}");
    assertThat(template.match(Words.of("Anna and Anna"), 0, SLOTS)).isPresent();
    assertThat(template.match(Words.of("Anna and Anna Berg"), 0, SLOTS)).isEmpty();
  }

  @Test
  void aSlotWithoutFillingIsNamed() {
    assertThatThrownBy(() -> Template.of("at the {spot}").fill(Map.of()))
        .hasMessageContaining("{spot}");
  }
}
