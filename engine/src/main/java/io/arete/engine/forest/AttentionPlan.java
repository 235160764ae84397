package io.arete.engine.forest;

import java.util.List;

/**
 * Which subtrees attend at once. At once, each token meets all keys of its subtree, most of them
 * masked; apart, a span and what stands below it are calls of their own.
 */
final class AttentionPlan {

  private AttentionPlan() {}

  /** For each span whether it and all below it are one block; see {@link AttentionBlock#of}. */
  static boolean[] together(Forest forest, int maxTokens, long callProducts, int window) {
    List<Span> spans = forest.spans();
    boolean[] together = new boolean[spans.size()];
    long[] below = new long[spans.size()];
    // Depth first: what stands below a span comes after it.
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      long apart = below[i] + pieces(span, maxTokens, callProducts, window);
      long whole = call(span.position(), span.subtreeTokens(), callProducts, window);
      together[i] = span.subtreeTokens() <= maxTokens && whole <= apart;
      if (span.parent() >= 0) {
        below[span.parent()] += together[i] ? whole : apart;
      }
    }
    return together;
  }

  private static long pieces(Span span, int maxTokens, long callProducts, int window) {
    long products = 0;
    for (int done = 0; done < span.length(); done += maxTokens) {
      int queries = Math.min(maxTokens, span.length() - done);
      products += call(span.position() + done, queries, callProducts, window);
    }
    return products;
  }

  private static long call(int before, int queries, long callProducts, int window) {
    long keys = before - AttentionBlock.firstSeen(before, window) + (long) queries;
    return callProducts + queries * keys;
  }
}
