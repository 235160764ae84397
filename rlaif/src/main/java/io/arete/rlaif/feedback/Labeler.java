package io.arete.rlaif.feedback;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /**
   * The labeler as it labels after it was asked about pairs whose answer is known. It owns what
   * this one owns: one of the two is closed.
   */
  default Labeler calibrated(List<JudgedPair> known, VoteAveraging averaging) {
    return this;
  }

  /** What its members count, if it is a committee that was calibrated. */
  default Optional<MemberWeights> weights() {
    return Optional.empty();
  }

  /**
   * What comparisons would cost at most, a sentence for people; empty if nothing is paid.
   *
   * @param comparisons read once if they cost anything
   */
  default Optional<String> cost(Supplier<Stream<Comparison>> comparisons) {
    return Optional.empty();
  }

  /** Frees what this labeler owns. */
  @Override
  default void close() {}
}
