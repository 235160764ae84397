package io.arete.rlaif.pretraining;

import io.arete.rlaif.training.WeightedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Batches of a fixed number of documents, one after the other: which documents a step learns
 * depends on its number alone.
 *
 * @param documentsPerStep at least 1
 */
record Batches(Documents documents, int documentsPerStep)
    implements LongFunction<List<WeightedText>> {

  /** Enough documents that their mean length is known to a few percent. */
  private static final int SURVEYED = 1000;

  /**
   * Batches of about so many distinct tokens on average.
   *
   * @param surveyed at most so many documents are read to learn their mean length
   */
  static Batches of(Documents documents, int tokensPerStep, int surveyed) {
    double mean = documents.meanTokens(Math.min(SURVEYED, surveyed));
    return new Batches(documents, Math.max(1, (int) Math.round(tokensPerStep / mean)));
  }

  @Override
  public List<WeightedText> apply(long step) {
    List<WeightedText> batch = new ArrayList<>();
    for (int i = 0; i < documentsPerStep; i++) {
      batch.addAll(documents.document(step * documentsPerStep + i));
    }
    return batch;
  }
}
