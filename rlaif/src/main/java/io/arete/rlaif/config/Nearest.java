package io.arete.rlaif.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what a person most likely meant by a misspelt name. */
public final class Nearest {

  private static final int LONGEST = 100;
  private static final int OTHER_SECTION = 2;
  private static final int LETTERS_AN_EDIT = 3;

  private Nearest() {}

  /**
   * The candidate with the fewest edits; the first of equals. A name given without its section, or
   * in the wrong one, costs two edits. There must be a candidate.
   */
  public static String of(String wrong, Collection<String> candidates) {
    String name = wrong.length() > LONGEST ? wrong.substring(0, LONGEST) : wrong;
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits =
          Math.min(edits(name, candidate), OTHER_SECTION + edits(last(name), last(candidate)));
      if (edits < least) {
        least = edits;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * The nearest if a person may well have meant it: one that goes on where the name ends, or the
   * other way round, or one with at most an edit in three letters.
   */
  public static Optional<String> close(String wrong, Collection<String> candidates) {
    Optional<String> longer =
        candidates.stream()
            .filter(candidate -> candidate.startsWith(wrong) || wrong.startsWith(candidate))
            .findFirst();
    if (longer.isPresent() || candidates.isEmpty()) {
      return longer;
    }
    String nearest = of(wrong, candidates);
    return Optional.of(nearest)
        .filter(
            name ->
                wrong.length() <= LONGEST
                    && edits(wrong, name) * LETTERS_AN_EDIT <= wrong.length());
  }

  /**
   * The edits that turn one text into the other: insertions, deletions, replacements and swaps of
   * neighbours (optimal string alignment).
   */
  static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
