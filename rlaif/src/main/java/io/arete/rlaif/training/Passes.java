package io.arete.rlaif.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Cuts a batch into passes of a bounded number of distinct tokens. */
public final class Passes {

  private Passes() {}

  /**
   * Parts of the batch, in its order. A common prefix within a part counts once, as its forest will
   * hold it once.
   *
   * @param limit the most distinct tokens of a part, unless one example alone has more
   */
  public static <E> List<List<E>> of(List<E> batch, Function<E, List<int[]>> sequences, int limit) {
    return of(batch, example -> 0, sequences, limit);
  }

  /**
   * As the other, and small enough that there is work for some lanes.
   *
   * @param lanes how many parts there should be at least, if there are as many examples
   */
  public static <E> List<List<E>> of(
      List<E> batch, Function<E, List<int[]>> sequences, int limit, int lanes) {
    if (lanes == 1) {
      return of(batch, sequences, limit);
    }
    long tokens =
        newTokens(List.of(), batch.stream().flatMap(one -> sequences.apply(one).stream()).toList());
    return of(batch, sequences, (int) Math.min(limit, (tokens + lanes - 1) / lanes));
  }

  /**
   * As the first, where only examples of one forest have prefixes in common.
   *
   * @param forest which of a pass's forests an example belongs to
   */
  public static <E> List<List<E>> of(
      List<E> batch, ToIntFunction<E> forest, Function<E, List<int[]>> sequences, int limit) {
    List<List<E>> passes = new ArrayList<>();
    List<E> pass = new ArrayList<>();
    Map<Integer, List<int[]>> inPass = new HashMap<>();
    long tokens = 0;
    for (E example : batch) {
      int own = forest.applyAsInt(example);
      List<int[]> more = sequences.apply(example);
      long added = newTokens(inPass.getOrDefault(own, List.of()), more);
      if (!pass.isEmpty() && tokens + added > limit) {
        passes.add(pass);
        pass = new ArrayList<>();
        inPass.clear();
        tokens = 0;
        added = newTokens(List.of(), more);
      }
      pass.add(example);
      inPass.computeIfAbsent(own, key -> new ArrayList<>()).addAll(more);
      tokens += added;
    }
    passes.add(pass);
    return passes;
  }

  private static long newTokens(List<int[]> present, List<int[]> more) {
    List<int[]> all = new ArrayList<>(present);
    long tokens = 0;
    for (int[] sequence : more) {
      int shared = 0;
      for (int[] other : all) {
        int mismatch = Arrays.mismatch(sequence, other);
        shared = Math.max(shared, mismatch < 0 ? sequence.length : mismatch);
      }
      tokens += sequence.length - shared;
      all.add(sequence);
    }
    return tokens;
  }
}
