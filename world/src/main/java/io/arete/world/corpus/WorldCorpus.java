package io.arete.world.corpus;

import io.arete.rlaif.extension.CorpusProvider;

/** Offers the world's corpus to recipes. */
public final class WorldCorpus implements CorpusProvider {

  @Override
  public String name() {
    return "practice-world";
  }

  @Override
  public io.arete.rlaif.extension.Corpus open(long seed) {
    Corpus corpus = Corpus.standard(seed);
    return number -> corpus.document(number).talks();
  }
}
