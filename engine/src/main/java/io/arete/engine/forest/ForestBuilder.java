package io.arete.engine.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Lays sequences out as a forest: sorts them, so that common prefixes lie side by side, then walks
 * the groups depth first with an explicit stack (a hostile batch must not overflow Java's own).
 */
final class ForestBuilder {

  /**
   * Sequences {@code from … to-1} of the sorted order agree on their first {@code depth} tokens.
   */
  private record Group(int from, int to, int depth, int parent) {}

  private final List<int[]> sequences;
  private final Integer[] order;
  private final List<Span> spans = new ArrayList<>();
  private final int[][] paths;
  private int[] ids = new int[256];
  private int[] positions = new int[256];
  private int size;

  ForestBuilder(List<int[]> sequences) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("a forest needs at least one sequence");
    }
    this.sequences = sequences;
    this.paths = new int[sequences.size()][];
    this.order = new Integer[sequences.size()];
    for (int i = 0; i < order.length; i++) {
      if (sequences.get(i).length == 0) {
        throw new IllegalArgumentException("sequence " + i + " of the batch has no tokens");
      }
      order[i] = i;
      paths[i] = new int[sequences.get(i).length];
    }
    Arrays.sort(order, Comparator.comparing(sequences::get, Arrays::compare));
  }

  Forest build() {
    List<Group> stack = new ArrayList<>();
    pushChildren(stack, new Group(0, order.length, 0, -1));
    while (!stack.isEmpty()) {
      Group group = stack.remove(stack.size() - 1);
      int end = commonPrefix(group);
      int span = addSpan(group, end);
      pushChildren(stack, new Group(group.from, group.to, end, span));
    }
    return new Forest(
        countSubtrees(), Arrays.copyOf(ids, size), Arrays.copyOf(positions, size), paths);
  }

  /** Splits a group by its next token; what ends here needs no child. Last child first. */
  private void pushChildren(List<Group> stack, Group group) {
    int to = group.to;
    while (to > group.from && sequence(to - 1).length > group.depth) {
      int token = sequence(to - 1)[group.depth];
      int from = to - 1;
      while (from > group.from
          && sequence(from - 1).length > group.depth
          && sequence(from - 1)[group.depth] == token) {
        from--;
      }
      stack.add(new Group(from, to, group.depth, group.parent));
      to = from;
    }
  }

  private int commonPrefix(Group group) {
    // Sorted order: what the first and the last share, all between them share.
    int[] first = sequence(group.from);
    int[] last = sequence(group.to - 1);
    int mismatch =
        Arrays.mismatch(first, group.depth, first.length, last, group.depth, last.length);
    return mismatch < 0 ? first.length : group.depth + mismatch;
  }

  private int addSpan(Group group, int end) {
    int length = end - group.depth;
    spans.add(new Span(group.parent, size, length, group.depth, length));
    ensureRoom(length);
    System.arraycopy(sequence(group.from), group.depth, ids, size, length);
    for (int i = 0; i < length; i++) {
      positions[size + i] = group.depth + i;
    }
    for (int member = group.from; member < group.to; member++) {
      int[] path = paths[order[member]];
      for (int i = 0; i < length; i++) {
        path[group.depth + i] = size + i;
      }
    }
    size += length;
    return spans.size() - 1;
  }

  private List<Span> countSubtrees() {
    int[] subtree = spans.stream().mapToInt(Span::length).toArray();
    for (int i = spans.size() - 1; i >= 0; i--) {
      if (spans.get(i).parent() >= 0) {
        subtree[spans.get(i).parent()] += subtree[i];
      }
    }
    List<Span> counted = new ArrayList<>(spans.size());
    for (int i = 0; i < subtree.length; i++) {
      Span span = spans.get(i);
      counted.add(
          new Span(span.parent(), span.start(), span.length(), span.position(), subtree[i]));
    }
    return List.copyOf(counted);
  }

  private int[] sequence(int sorted) {
    return sequences.get(order[sorted]);
  }

  private void ensureRoom(int length) {
    if (size + length > ids.length) {
      int capacity = Math.max(ids.length * 2, size + length);
      ids = Arrays.copyOf(ids, capacity);
      positions = Arrays.copyOf(positions, capacity);
    }
  }
}
