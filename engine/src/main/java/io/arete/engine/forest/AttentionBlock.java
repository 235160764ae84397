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
 * @param ancestorRanges flat ranges {@code [start, end)} of the keys above, root first
 * @param visible {@code [queries, keys]} row by row: 1 where the query sees the key
 */
public record AttentionBlock(
    int start, int queries, List<int[]> ancestorRanges, int keys, byte[] visible) {

  /**
   * Cuts a forest into blocks: the largest subtrees of at most {@code maxTokens} tokens, and pieces
   * of at most so many of the spans above those. Larger blocks mean fewer operations and more
   * masked products.
   */
  public static List<AttentionBlock> of(Forest forest, int maxTokens) {
    List<AttentionBlock> blocks = new ArrayList<>();
    List<Span> spans = forest.spans();
    int next = 0;
    while (next < spans.size()) {
      Span span = spans.get(next);
      if (span.subtreeTokens() > maxTokens) {
        for (int start = span.start(); start < span.end(); start += maxTokens) {
          blocks.add(piece(forest, next, start, Math.min(span.end(), start + maxTokens)));
        }
        next++;
        continue;
      }
      int end = span.start() + span.subtreeTokens();
      blocks.add(subtree(forest, next, end));
      while (next < spans.size() && spans.get(next).start() < end) {
        next++;
      }
    }
    return blocks;
  }

  /** Tokens {@code start … end-1} of one span: each sees all that stands before it. */
  private static AttentionBlock piece(Forest forest, int spanIndex, int start, int end) {
    Span span = forest.spans().get(spanIndex);
    List<int[]> above = forest.ancestors(spanIndex);
    if (start > span.start()) {
      above.add(new int[] {span.start(), start});
    }
    int queries = end - start;
    int before = span.position() + start - span.start();
    int keys = before + queries;
    byte[] visible = new byte[Math.multiplyExact(queries, keys)];
    for (int query = 0; query < queries; query++) {
      Arrays.fill(visible, query * keys, query * keys + before + query + 1, (byte) 1);
    }
    return new AttentionBlock(start, queries, above, keys, visible);
  }

  private static AttentionBlock subtree(Forest forest, int firstSpan, int end) {
    Span root = forest.spans().get(firstSpan);
    int queries = end - root.start();
    int keys = root.position() + queries;
    byte[] visible = new byte[Math.multiplyExact(queries, keys)];
    for (int i = firstSpan; i < forest.spans().size(); i++) {
      Span span = forest.spans().get(i);
      if (span.start() >= end) {
        break;
      }
      markSpan(forest, root, span, keys, visible);
    }
    return new AttentionBlock(root.start(), queries, forest.ancestors(firstSpan), keys, visible);
  }

  /** Lets each token of {@code span} see its path: all above the block, then the spans within. */
  private static void markSpan(Forest forest, Span root, Span span, int keys, byte[] visible) {
    for (int token = span.start(); token < span.end(); token++) {
      int row = (token - root.start()) * keys;
      for (int key = 0; key < root.position(); key++) {
        visible[row + key] = 1;
      }
      int from = span.start();
      int to = token + 1;
      Span node = span;
      while (true) {
        for (int key = from; key < to; key++) {
          visible[row + root.position() + key - root.start()] = 1;
        }
        if (node.start() == root.start()) {
          break;
        }
        node = forest.spans().get(node.parent());
        from = node.start();
        to = node.end();
      }
    }
  }
}
