package io.arete.engine.text.bpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of neighbors in all words with their exact counts, and a queue of those that may be
 * merged. After the merge that made it, a pair only becomes rarer. So each waits in the queue once,
 * and an entry that is out of date is put right when it comes to the front.
 */
final class Pairs {

  /** A pair in the queue, with the count that it had when it was put there. */
  private record Waiting(Pair pair, long count) {}

  private static final Comparator<Waiting> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Waiting::count)
          .reversed()
          .thenComparingInt(waiting -> waiting.pair().left)
          .thenComparingInt(waiting -> waiting.pair().right);

  private final long minimumFrequency;
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Waiting> queue = new PriorityQueue<>(MOST_FREQUENT_FIRST);
  private final List<Pair> created = new ArrayList<>();

  /** Pairs that stand less often than {@code minimumFrequency} never come out of the queue. */
  Pairs(long minimumFrequency) {
    this.minimumFrequency = minimumFrequency;
  }

  /** A pair has appeared in a word that stands {@code count} times in the texts. */
  void add(int left, int right, long count, int word) {
    Pair pair = pairs.computeIfAbsent(key(left, right), key -> create(left, right));
    pair.standsIn(word);
    pair.count += count;
  }

  /** A pair has gone from one place in a word that stands {@code count} times in the texts. */
  void remove(int left, int right, long count) {
    Pair pair = Objects.requireNonNull(pairs.get(key(left, right)));
    pair.count -= count;
    if (pair.count == 0) {
      pairs.remove(key(left, right));
    }
  }

  /** Lets all pairs wait that a merge has created, once it is done with all words. */
  void enqueueCreated() {
    created.forEach(this::enqueue);
    created.clear();
  }

  /** Takes the pair to merge next from the queue, or nothing if none is frequent enough. */
  @Nullable Pair poll() {
    for (Waiting first = queue.poll(); first != null; first = queue.poll()) {
      if (first.count() == first.pair().count) {
        return first.pair();
      }
      enqueue(first.pair());
    }
    return null;
  }

  private Pair create(int left, int right) {
    Pair pair = new Pair(left, right);
    created.add(pair);
    return pair;
  }

  private void enqueue(Pair pair) {
    if (pair.count >= minimumFrequency) {
      queue.add(new Waiting(pair, pair.count));
    }
  }

  /** One number for a pair of ids. */
  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }
}
