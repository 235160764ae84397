package io.arete.rlaif.text;

import java.util.Arrays;
import java.util.List;

/** Small helpers on arrays of token ids. */
public final class Ids {

  private Ids() {}

  /** One after the other. */
  public static int[] concat(int[]... parts) {
    int[] all = new int[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** A list as an array. */
  public static int[] of(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Without the first {@code count}. */
  public static int[] dropFirst(int[] ids, int count) {
    return Arrays.copyOfRange(ids, count, ids.length);
  }
}
