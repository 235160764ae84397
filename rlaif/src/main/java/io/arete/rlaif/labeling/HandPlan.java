package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import java.nio.file.Path;

/**
 * What a person shall label.
 *
 * @param source the pairs
 * @param out the folder for labels and report
 * @param facet on which the pairs are compared
 * @param seed that the order of pairs and the draw of sides follow from
 * @param name of the person
 */
public record HandPlan(PairSource source, Path out, Facet facet, long seed, String name) {

  /** What decides which pairs are shown, and how. */
  ObjectNode settings(GivenPairs pairs) {
    return LabelingPlan.sourceSettings(source, pairs)
        .put("facet", facet.wireName())
        .put("seed", seed)
        .put("by", name);
  }
}
