package io.arete.engine.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens that attend together, a subtree or a piece of one span: queries are these tokens, keys are
 * the tokens above them and they themselves.
 *
 * @param start flat index of the first query
 * @param queries number of queries
 * @param ancestorRanges flat ranges {@code [start, end)} of the tokens above, root first
 * @param passed how many of the tokens above, counted from the root, no query sees: no keys
 * @param visible {@code [queries, keys]} row by row: 1 where the query sees the key
 */
public record AttentionBlock(
    int start, int queries, List<int[]> ancestorRanges, int passed, int keys, byte[] visible) {

  /** The window of a model whose tokens see all that stands before them. */
  public static final int NO_WINDOW = Integer.MAX_VALUE;

  /**
   * Cuts a forest into blocks: subtrees of at most {@code maxTokens} tokens, and pieces of at most
   * so many of the spans above those, such that products and calls together cost least.
   *
   * @param callProducts how many products of a query with a key take as long as a call
   * @param window how many tokens of its path, itself the last, a token sees; at least 1
   */
  public static List<AttentionBlock> of(
      Forest forest, int maxTokens, long callProducts, int window) {
    boolean[] together = AttentionPlan.together(forest, maxTokens, callProducts, window);
    List<AttentionBlock> blocks = new ArrayList<>();
    List<Span> spans = forest.spans();
    int next = 0;
    while (next < spans.size()) {
      Span span = spans.get(next);
      if (!together[next]) {
        for (int start = span.start(); start < span.end(); start += maxTokens) {
          int end = Math.min(span.end(), start + maxTokens);
          blocks.add(piece(forest, next, start, end, window));
        }
        next++;
        continue;
      }
      int end = span.start() + span.subtreeTokens();
      blocks.add(subtree(forest, next, end, window));
      while (next < spans.size() && spans.get(next).start() < end) {
        next++;
      }
    }
    return blocks;
  }

  /** Tokens {@code start … end-1} of one span: each sees what stands before it in its window. */
  private static AttentionBlock piece(
      Forest forest, int spanIndex, int start, int end, int window) {
    Span span = forest.spans().get(spanIndex);
    List<int[]> above = forest.ancestors(spanIndex);
    if (start > span.start()) {
      above.add(new int[] {span.start(), start});
    }
    int queries = end - start;
    int before = span.position() + start - span.start();
    int passed = firstSeen(before, window);
    int keys = before - passed + queries;
    byte[] visible = new byte[Math.multiplyExact(queries, keys)];
    for (int query = 0; query < queries; query++) {
      int position = before + query;
      int row = query * keys - passed;
      Arrays.fill(visible, row + firstSeen(position, window), row + position + 1, (byte) 1);
    }
    return new AttentionBlock(start, queries, above, passed, keys, visible);
  }

  /** Tokens of a span and of all below it: each sees its path, as far as its window reaches. */
  private static AttentionBlock subtree(Forest forest, int firstSpan, int end, int window) {
    Span root = forest.spans().get(firstSpan);
    int queries = end - root.start();
    int passed = firstSeen(root.position(), window);
    int keys = root.position() - passed + queries;
    byte[] visible = new byte[Math.multiplyExact(queries, keys)];
    // Depth first: what stands here below a span's position is always its own path.
    int[] keyAt = new int[root.position() + queries];
    Arrays.setAll(keyAt, position -> position - passed);
    for (int i = firstSpan; i < forest.spans().size(); i++) {
      Span span = forest.spans().get(i);
      if (span.start() >= end) {
        break;
      }
      for (int token = span.start(); token < span.end(); token++) {
        int position = span.position() + token - span.start();
        int query = token - root.start();
        keyAt[position] = root.position() - passed + query;
        for (int seen = firstSeen(position, window); seen <= position; seen++) {
          visible[query * keys + keyAt[seen]] = 1;
        }
      }
    }
    return new AttentionBlock(
        root.start(), queries, forest.ancestors(firstSpan), passed, keys, visible);
  }

  /** First position of its path that a token at {@code position} sees. */
  static int firstSeen(int position, int window) {
    return Math.max(0, position - window + 1);
  }
}
