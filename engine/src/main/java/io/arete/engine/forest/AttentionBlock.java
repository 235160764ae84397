package io.arete.engine.forest;

import java.util.ArrayList;
import java.util.List;

/**
 * A subtree whose tokens attend together: queries are its tokens, keys are its ancestors' tokens
 * and its own.
 *
 * @param start flat index of the first query
 * @param queries number of queries
 * @param ancestorRanges flat ranges {@code [start, end)} of the keys above, root first
 * @param visible {@code [queries, keys]} row by row: 1 where the query sees the key
 */
public record AttentionBlock(
    int start, int queries, List<int[]> ancestorRanges, int keys, byte[] visible) {

  /**
   * Cuts a forest into blocks: the largest subtrees of at most {@code maxTokens} tokens, and the
   * spans above those alone. Larger blocks mean fewer operations and more masked products.
   */
  public static List<AttentionBlock> of(Forest forest, int maxTokens) {
    List<AttentionBlock> blocks = new ArrayList<>();
    List<Span> spans = forest.spans();
    int next = 0;
    while (next < spans.size()) {
      Span span = spans.get(next);
      boolean whole = span.subtreeTokens() <= maxTokens;
      int end = span.start() + (whole ? span.subtreeTokens() : span.length());
      blocks.add(block(forest, next, end));
      do {
        next++;
      } while (next < spans.size() && spans.get(next).start() < end);
    }
    return blocks;
  }

  private static AttentionBlock block(Forest forest, int firstSpan, int end) {
    Span root = forest.spans().get(firstSpan);
    List<int[]> above = forest.ancestors(firstSpan);
    int queries = end - root.start();
    int keys = root.position() + queries;
    byte[] visible = new byte[queries * keys];
    for (int i = firstSpan; i < forest.spans().size(); i++) {
      Span span = forest.spans().get(i);
      if (span.start() >= end) {
        break;
      }
      markSpan(forest, root, span, keys, visible);
    }
    return new AttentionBlock(root.start(), queries, above, keys, visible);
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
