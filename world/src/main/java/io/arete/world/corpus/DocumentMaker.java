package io.arete.world.corpus;

import io.arete.engine.CountedRandom;

/** Makes documents of one kind. */
interface DocumentMaker {

  /** The document of that key: always the same. */
  CorpusDocument make(CountedRandom key);
}
