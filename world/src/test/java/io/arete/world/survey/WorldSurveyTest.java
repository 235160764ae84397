package io.arete.world.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.corpus.Corpus;
import io.arete.world.language.PromptKind;
import org.junit.jupiter.api.Test;

/** Prints the numbers of docs/practice-world.md, and holds the world to what they promise. */
class WorldSurveyTest {

  private static final World WORLD = World.standard();
  private static final WorldSurvey SURVEY = WorldSurvey.of(WORLD, 4000, 1);

  @Test
  void theNumbersAreAsPromised() {
    System.out.print(SURVEY.text());
    assertThat(SURVEY.prompts().get(Split.TRAIN).get(PromptKind.DILEMMA)).isGreaterThan(100_000);
    for (Facet facet : Facet.values()) {
      FacetSurvey survey = SURVEY.facets().get(facet);
      assertThat(survey.good()).as("good " + facet).isGreaterThan(0.65);
      assertThat(survey.bad()).as("bad " + facet).isLessThan(-0.4);
      assertThat(survey.swapped()).as("swapped " + facet).isBetween(-0.15, 0.15);
      assertThat(survey.constant()).as("constant " + facet).isLessThan(0.35);
      assertThat(survey.ordered()).as("ordered " + facet).isBetween(0.7, 0.9);
    }
  }

  @Test
  void theCorpusIsSmallEnoughForASmallModel() {
    CorpusSurvey corpus = CorpusSurvey.of(Corpus.standard(1), 2000);
    System.out.print(corpus.text());
    // Few words are more than one token of a vocabulary of 2,500.
    assertThat(corpus.words()).isBetween(800, 1400);
  }

  @Test
  void someConversationsToRead() {
    String samples = ConversationSamples.text(WORLD, 10, 1);
    System.out.print(samples);
    assertThat(samples.lines()).hasSize(40);
  }

  @Test
  void facetsAreCorrelatedButNotEqual() {
    assertThat(SURVEY.actionMotivation()).isBetween(0.8, 0.9);
    assertThat(SURVEY.actionConsequences()).isBetween(0.8, 0.9);
    assertThat(SURVEY.motivationConsequences()).isBetween(0.7, 0.9);
  }
}
