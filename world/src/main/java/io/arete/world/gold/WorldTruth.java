package io.arete.world.gold;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.extension.Truth;
import io.arete.world.bank.Bank;
import io.arete.world.file.BankSource;
import io.arete.world.language.Repertoire;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The practice world's truth, for runs that ask for it. */
public final class WorldTruth implements Truth {

  private final GoldParser parser;

  /** The truth of the world that comes with Arete. */
  public WorldTruth() {
    Bank bank = Bank.read(BankSource.standard());
    this.parser = new GoldParser(bank, new Repertoire(bank));
  }

  @Override
  public String name() {
    return "practice-world";
  }

  @Override
  public Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation) {
    List<Message> messages = prompt.messages();
    return parser
        .prompt(messages.get(messages.size() - 1).content())
        .map(
            known -> {
              Map<Facet, Double> worth = new EnumMap<>(Facet.class);
              parser
                  .gold(known.situation(), conversation)
                  .forEach((facet, gold) -> worth.put(facet, gold.value()));
              return worth;
            });
  }
}
