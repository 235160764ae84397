package io.arete.world.gold;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.extension.PlainAnswer;
import io.arete.rlaif.extension.Truth;
import io.arete.world.bank.Bank;
import io.arete.world.file.BankSource;
import io.arete.world.language.Repertoire;
import io.arete.world.plain.PlainQuestion;
import io.arete.world.plain.PlainQuestions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The practice world's truth, for runs that ask for it. */
public final class WorldTruth implements Truth {

  private final GoldParser parser;
  private final Map<String, PlainQuestion> questions = new HashMap<>();

  /** The truth of the world that comes with Arete. */
  public WorldTruth() {
    Bank bank = Bank.read(BankSource.standard());
    this.parser = new GoldParser(bank, new Repertoire(bank));
    PlainQuestions plain = PlainQuestions.read(BankSource.standard());
    for (Split split : Split.values()) {
      plain.questions(split).forEach(question -> questions.put(question.text(), question));
    }
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

  /** A reply is an answer if it is put as the world puts one, whatever it says. */
  @Override
  public Optional<PlainAnswer> plainly(Prompt prompt, String reply) {
    List<Message> messages = prompt.messages();
    return Optional.ofNullable(questions.get(messages.get(messages.size() - 1).content()))
        .map(
            question -> {
              if (question.isRight(reply)) {
                return PlainAnswer.RIGHT;
              }
              return reply.strip().startsWith(question.answerBegins())
                  ? PlainAnswer.WRONG
                  : PlainAnswer.NONE;
            });
  }
}
