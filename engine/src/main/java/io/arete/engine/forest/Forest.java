package io.arete.engine.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of token sequences in which each common prefix stands once.
 *
 * <p>Tokens lie in one flat array, depth first, so that every subtree is a contiguous range. A
 * sequence is found again through {@link #path}: the flat index of each of its tokens.
 */
public final class Forest {

  private final List<Span> spans;
  private final int[] ids;
  private final int[] positions;
  private final int[][] paths;

  Forest(List<Span> spans, int[] ids, int[] positions, int[][] paths) {
    this.spans = spans;
    this.ids = ids;
    this.positions = positions;
    this.paths = paths;
  }

  /**
   * Merges the common prefixes of the sequences.
   *
   * @throws IllegalArgumentException if there is no sequence or one is empty
   */
  public static Forest of(List<int[]> sequences) {
    return new ForestBuilder(sequences).build();
  }

  /** Number of sequences. */
  public int sequences() {
    return paths.length;
  }

  /** Number of distinct tokens: the rows that the linear layers see. */
  public int tokens() {
    return ids.length;
  }

  /** Tokens that the sequences have one by one, shared ones counted every time. */
  public long unsharedTokens() {
    return Arrays.stream(paths).mapToLong(path -> path.length).sum();
  }

  /** Spans in depth-first order. */
  public List<Span> spans() {
    return spans;
  }

  /** Token ids, flat. */
  public int[] ids() {
    return ids.clone();
  }

  /** Position of each token in its sequence, flat. */
  public int[] positions() {
    return positions.clone();
  }

  /** Flat indices of one sequence's tokens, first to last. */
  public int[] path(int sequence) {
    return paths[sequence].clone();
  }

  /** Flat index of one token of one sequence. */
  public int index(int sequence, int position) {
    return paths[sequence][position];
  }

  /** Flat index of the last token of a sequence. */
  public int end(int sequence) {
    return paths[sequence][paths[sequence].length - 1];
  }

  /** Length of one sequence. */
  public int length(int sequence) {
    return paths[sequence].length;
  }

  /** Flat ranges {@code [start, end)} of all spans above the given one, root first. */
  List<int[]> ancestors(int span) {
    List<int[]> ranges = new ArrayList<>();
    for (int node = spans.get(span).parent(); node >= 0; node = spans.get(node).parent()) {
      ranges.add(0, new int[] {spans.get(node).start(), spans.get(node).end()});
    }
    return ranges;
  }
}
