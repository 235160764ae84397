package io.arete.world.bank;

import io.arete.rlaif.data.Facet;
import io.arete.world.file.BankSource;
import io.arete.world.text.Slots;
import java.util.List;
import java.util.Map;

/**
 * All that the world's language is made of.
 *
 * @param slots names, objects and places
 * @param closings the last question of a prompt, by kind
 * @param frames by kind and facet
 * @param clauses that several schemas share, by facet
 * @param schemas in the order of the bank
 * @param wrappings in the order of the bank
 * @param rule of the system prompt
 * @param splits shares of the fillings
 * @param grammar how replies are drawn
 * @param belief how the judge errs
 */
public record Bank(
    Slots slots,
    Map<Kind, List<String>> closings,
    Map<Kind, Map<Facet, Frame>> frames,
    Map<Facet, List<Clause>> clauses,
    List<Schema> schemas,
    List<Wrapping> wrappings,
    String rule,
    SplitShares splits,
    GrammarNumbers grammar,
    BeliefNumbers belief) {

  /**
   * Reads the banks.
   *
   * @throws io.arete.engine.AreteException that lists every fault of the first faulty bank
   */
  public static Bank read(BankSource source) {
    return new BankReader(source).bank();
  }

  /** How the clauses of a facet are held together in situations of that kind. */
  public Frame frame(Kind kind, Facet facet) {
    Frame frame = frames.getOrDefault(kind, Map.of()).get(facet);
    if (frame == null) {
      throw new IllegalStateException("Checked when read: a frame for " + kind + " " + facet);
    }
    return frame;
  }
}
