package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.run.Digests;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a labeler shall label, and how.
 *
 * @param source the pairs
 * @param calibration people's pairs that the labeler is compared with first
 * @param out the folder for labels and report
 * @param facet on which the pairs are compared
 * @param averaging how votes become a label
 * @param tieThreshold labels closer to one half are ties, from 0 to 0.5
 * @param seed that the draw of sides follows from
 * @param constitution virtues and wording
 * @param labeler who is asked, as the user named it
 * @param numbers how the labeler computes, since that decides the last bits
 * @param forced gates that do not halt
 */
public record LabelingPlan(
    PairSource source,
    Optional<Path> calibration,
    Path out,
    Facet facet,
    VoteAveraging averaging,
    double tieThreshold,
    long seed,
    Constitution constitution,
    String labeler,
    String numbers,
    Set<String> forced) {

  /**
   * Checks the threshold.
   *
   * @throws AreteException if it is outside of 0 to 0.5
   */
  public LabelingPlan {
    forced = Set.copyOf(forced);
    if (!(tieThreshold >= 0 && tieThreshold <= 0.5)) {
      throw new AreteException("--tie-threshold is " + tieThreshold + " but must be 0 to 0.5.");
    }
  }

  /** What decides the labels. */
  ObjectNode settings(GivenPairs pairs) {
    ObjectNode settings = sourceSettings(source, pairs);
    settings.put("labeler", labeler).put("numbers", numbers);
    settings.put("constitution", Digests.text(constitution.toString()));
    settings.put("facet", facet.wireName());
    settings.put("average", averagingName());
    settings.put("tie_threshold", tieThreshold).put("seed", seed);
    calibration.ifPresent(file -> settings.put("calibration", Digests.file(file)));
    return settings;
  }

  /** What decides the pairs. */
  static ObjectNode sourceSettings(PairSource source, GivenPairs pairs) {
    ObjectNode settings =
        JsonNodeFactory.instance.objectNode().put("pairs", Digests.file(source.file()));
    settings.put("columns", String.join(", ", pairs.columns().names()));
    source.delimiter().ifPresent(sign -> settings.put("delimiter", String.valueOf(sign)));
    return settings.put("limit", source.limit());
  }

  String averagingName() {
    return averaging.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
