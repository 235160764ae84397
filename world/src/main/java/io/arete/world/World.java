package io.arete.world;

import io.arete.world.bank.Bank;
import io.arete.world.file.BankSource;
import io.arete.world.gold.GoldParser;
import io.arete.world.language.Repertoire;
import io.arete.world.language.ReplyGrammar;
import io.arete.world.language.WorldPrompts;
import io.arete.world.plain.PlainQuestions;

/**
 * The practice world: a small language of dilemmas, harmful requests and plain questions, in which
 * every reply's worth is known.
 *
 * @param bank what it is made of
 * @param repertoire what can be said, and what it is worth in each situation
 * @param prompts its dilemmas and harmful requests
 * @param grammar draws replies
 * @param parser reads their worth back
 * @param questions plain ones
 */
public record World(
    Bank bank,
    Repertoire repertoire,
    WorldPrompts prompts,
    ReplyGrammar grammar,
    GoldParser parser,
    PlainQuestions questions) {

  /** The world that comes with Arete. */
  public static World standard() {
    return of(BankSource.standard());
  }

  /**
   * The world of those banks.
   *
   * @throws io.arete.engine.AreteException that lists every fault of the first faulty bank
   */
  public static World of(BankSource source) {
    Bank bank = Bank.read(source);
    Repertoire repertoire = new Repertoire(bank);
    return new World(
        bank,
        repertoire,
        new WorldPrompts(bank),
        new ReplyGrammar(bank, repertoire),
        new GoldParser(bank, repertoire),
        PlainQuestions.read(source));
  }
}
