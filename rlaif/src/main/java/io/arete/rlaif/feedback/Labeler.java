package io.arete.rlaif.feedback;

import java.util.List;
import java.util.Optional;

/** Says which of two conversations is better on a facet, virtue by virtue and in both orders. */
public interface Labeler extends AutoCloseable {

  /**
   * Judges comparisons.
   *
   * @return one for each comparison, in their order; empty where the question is longer than the
   *     labeler can read
   */
  List<Optional<Judgement>> judge(List<Comparison> comparisons);

  /** What has been done since this labeler was made. */
  LabelerWork work();

  /** Frees what this labeler owns. */
  @Override
  default void close() {}
}
