package io.arete.rlaif.reward;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A preference pair as a reward model reads it.
 *
 * @param id of the preference, unique within its facet
 * @param prompt of both conversations
 * @param comparison names the two conversations: the prompt's id and their samples, with blanks
 *     between; the same for all facets
 * @param first the one text
 * @param second the other, on the same facet
 * @param p probability that the first is better
 * @param margin by how much the first should lead
 * @param weight how much it counts in the mean loss, more than 0
 * @param inherited whether the label was given for another facet
 * @param trueLead by how much the first is really better, where that is known
 */
public record RewardPair(
    String id,
    Prompt prompt,
    String comparison,
    FacetText first,
    FacetText second,
    double p,
    double margin,
    double weight,
    boolean inherited,
    OptionalDouble trueLead) {

  /** On which the conversations are compared. */
  public Facet facet() {
    return first.facet();
  }

  /** Both texts, the first one first. */
  public List<FacetText> texts() {
    return List.of(first, second);
  }

  /** How many of the two texts lost tokens to fit: 0 to 2. */
  public int cut() {
    return (first.cut() ? 1 : 0) + (second.cut() ? 1 : 0);
  }
}
