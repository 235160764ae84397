package io.arete.rlaif.extension;

import java.util.List;

/** Texts for a model that is made from nothing: an endless row of documents. Thread-safe. */
public interface Corpus {

  /**
   * The talks of a document: always the same for the same number, whatever was asked for before.
   *
   * @param number from 0
   * @return one talk, or several that begin alike and so are cheap as one forest; each has at least
   *     one message. What several talks have in common is learnt once, with the first one's weights
   */
  List<List<WeightedMessage>> document(long number);
}
