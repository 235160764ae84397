package io.arete.world.corpus;

import io.arete.rlaif.extension.WeightedMessage;
import java.util.List;

/**
 * A document to learn from.
 *
 * @param kind what it teaches
 * @param talks one, or several that begin alike and so are cheap as one forest (six questions about
 *     one pair): where they agree, their weights agree
 */
public record CorpusDocument(CorpusKind kind, List<List<WeightedMessage>> talks) {

  /** Copies the talks. */
  public CorpusDocument {
    talks = talks.stream().map(List::copyOf).toList();
  }
}
