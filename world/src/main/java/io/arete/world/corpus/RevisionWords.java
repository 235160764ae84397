package io.arete.world.corpus;

import io.arete.rlaif.data.RevisionWording;
import io.arete.world.file.BankSource;

/** The words by which the world's base was taught to criticise and to better a reply. */
public final class RevisionWords {

  private RevisionWords() {}

  /** Those of the world that comes with Arete: turns of the talk that is bettered. */
  public static RevisionWording standard() {
    CorpusNumbers.Revision taught = CorpusNumbers.read(BankSource.standard()).revision();
    return new RevisionWording(taught.askCritique(), taught.askRevision());
  }
}
