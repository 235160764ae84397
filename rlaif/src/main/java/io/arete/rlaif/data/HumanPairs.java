package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * People's preferences: hh-rlhf's {@code chosen} and {@code rejected} transcripts, or {@code
 * prompt}, {@code chosen} and {@code rejected}, each a text or messages. A {@code p} beside them is
 * how sure the label is, as {@code arete label} writes it.
 *
 * @param pairs in the order of the file
 * @param dropped lines that are whole but hold no usable pair, each with its reason
 */
public record HumanPairs(List<HumanPair> pairs, List<Dropped> dropped) {

  /**
   * A line that holds no usable pair.
   *
   * @param line counted from 1
   * @param reason why, such as {@code the chosen reply is empty}
   */
  public record Dropped(int line, String reason) {}

  /** Copies both lists. */
  public HumanPairs {
    pairs = List.copyOf(pairs);
    dropped = List.copyOf(dropped);
  }

  /**
   * The pairs of a file of JSON lines. Lines whose replies are empty or equal, or belong to
   * different prompts, are dropped and named: published data has a few of each.
   *
   * @param limit the most lines read; 0 = all
   * @throws AreteException that names the first line of another form, or says that no pair is left
   */
  public static HumanPairs read(Path file, int limit) {
    List<Dropped> dropped = new ArrayList<>();
    List<HumanPair> pairs =
        JsonLines.read(
            file,
            limit,
            (line, row) -> {
              PairSides sides = PairSides.ofChosen(row);
              Optional<String> fault = sides.fault();
              fault.ifPresent(reason -> dropped.add(new Dropped(line, reason)));
              return fault.isPresent()
                  ? Optional.empty()
                  : Optional.of(pair(line, sides, sureness(row)));
            });
    if (pairs.isEmpty()) {
      throw new AreteException(
          file
              + " holds no usable pair; the first line fails because "
              + dropped.get(0).reason()
              + ".");
    }
    return new HumanPairs(pairs, dropped);
  }

  private static double sureness(ObjectNode row) {
    return row.hasNonNull("p") ? Sureness.of("p", row.get("p")) : 1;
  }

  /** Where the other reply is more probably the better one, it is the chosen one here. */
  private static HumanPair pair(int line, PairSides sides, double p) {
    boolean kept = p >= 0.5;
    return new HumanPair(
        String.format(Locale.ROOT, "human-%06d", line),
        sides.prompt(),
        kept ? sides.firstReply() : sides.secondReply(),
        kept ? sides.secondReply() : sides.firstReply(),
        kept ? p : 1 - p);
  }
}
