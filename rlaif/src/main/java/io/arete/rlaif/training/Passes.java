package io.arete.rlaif.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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
    return upTo(limit, batch, sequences);
  }

  /**
   * As {@link #of(List, Function, int)}, and small enough that there is work for some lanes.
   *
   * @param lanes how many parts there should be at least
   */
  public static <E> List<List<E>> of(
      List<E> batch, Function<E, List<int[]>> sequences, int limit, int lanes) {
    if (lanes == 1) {
      return upTo(limit, batch, sequences);
    }
    long tokens =
        newTokens(List.of(), batch.stream().flatMap(one -> sequences.apply(one).stream()).toList());
    return upTo(Math.min(limit, (tokens + lanes - 1) / lanes), batch, sequences);
  }

  private static <E> List<List<E>> upTo(
      long limit, List<E> batch, Function<E, List<int[]>> sequences) {
    List<List<E>> passes = new ArrayList<>();
    List<E> pass = new ArrayList<>();
    List<int[]> inPass = new ArrayList<>();
    long tokens = 0;
    for (E example : batch) {
      List<int[]> more = sequences.apply(example);
      long added = newTokens(inPass, more);
      if (!pass.isEmpty() && tokens + added > limit) {
        passes.add(pass);
        pass = new ArrayList<>();
        inPass = new ArrayList<>();
        tokens = 0;
        added = newTokens(inPass, more);
      }
      pass.add(example);
      inPass.addAll(more);
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
