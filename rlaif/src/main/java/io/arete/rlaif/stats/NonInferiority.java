package io.arete.rlaif.stats;

import io.arete.engine.Formula;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Whether something has not become worse by more than a margin.
 *
 * <p>Not worse: the whole two-sided 95 % interval of second less first lies above −margin. Worse:
 * all of it lies below. Else, and with fewer than {@code fewest} items, nobody can tell: where few
 * items differ at all, a bootstrap over few of them has an interval that is too narrow.
 *
 * @param difference second less first, over paired items
 * @param margin more than 0
 * @param fewest items that make an answer possible
 */
@Formula(
    paper = "Piaggio et al. 2012, Reporting of Noninferiority and Equivalence Randomized Trials",
    eq = "figure 1")
public record NonInferiority(Bootstrap difference, double margin, int fewest) {

  /** What the interval says. */
  public enum Answer {
    /** Lost less than the margin. */
    NOT_WORSE,
    /** Lost more than the margin. */
    WORSE,
    /** Either may be true. */
    CANNOT_TELL;

    /** The name in files: lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rejects a margin that is none. */
  public NonInferiority {
    if (!(margin > 0)) {
      throw new IllegalArgumentException("margin is " + margin + " but must be more than 0");
    }
  }

  /** The answer. */
  public Answer answer() {
    if (difference.n() < fewest) {
      return Answer.CANNOT_TELL;
    }
    if (difference.interval().low() > -margin) {
      return Answer.NOT_WORSE;
    }
    return difference.interval().high() < -margin ? Answer.WORSE : Answer.CANNOT_TELL;
  }

  /**
   * About how many items would tell in 80 of 100 such studies: if in truth nothing was lost, or,
   * where so many have been asked already, if what was found is the truth.
   *
   * @return nothing where what was found is the margin itself, or close to it
   */
  public OptionalLong itemsThatWouldTell() {
    OptionalLong items = difference.promptsThatWouldShow(margin);
    if (items.isPresent() && items.getAsLong() <= difference.n() && difference.n() >= fewest) {
      items = difference.promptsThatWouldShow(difference.meanDifference() + margin);
    }
    return items.isPresent()
        ? OptionalLong.of(Math.max(fewest, items.getAsLong()))
        : OptionalLong.empty();
  }
}
