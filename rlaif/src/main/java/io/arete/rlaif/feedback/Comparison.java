package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Facet;

/**
 * Two texts on one prompt, of which a labeler says which is better on a facet.
 *
 * @param prompt what was asked, as text
 * @param first what is read of the one conversation
 * @param second what is read of the other
 */
public record Comparison(Facet facet, String prompt, String first, String second) {

  /** The same comparison with the two texts in the other order. */
  public Comparison swapped() {
    return new Comparison(facet, prompt, second, first);
  }
}
