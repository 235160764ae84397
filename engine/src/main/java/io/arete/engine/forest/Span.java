package io.arete.engine.forest;

/**
 * A run of tokens without a branch: a node of the forest.
 *
 * @param parent index of the span before it, or -1 for a root
 * @param start flat index of its first token
 * @param length number of its tokens, at least 1
 * @param position position of its first token along the path from the root
 * @param subtreeTokens tokens of this span and of all below it; they are the flat range that begins
 *     at {@code start}
 */
public record Span(int parent, int start, int length, int position, int subtreeTokens) {

  /** Flat index one past the last token. */
  public int end() {
    return start + length;
  }
}
