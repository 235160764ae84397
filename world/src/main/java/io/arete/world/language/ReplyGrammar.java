package io.arete.world.language;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.world.bank.Bank;
import io.arete.world.bank.Frame;
import io.arete.world.bank.GrammarNumbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Draws replies: an opener, one to three clauses of mostly one pole, joins between them. */
public final class ReplyGrammar {

  private final Bank bank;
  private final Repertoire repertoire;

  /** The grammar of that bank. */
  public ReplyGrammar(Bank bank, Repertoire repertoire) {
    this.bank = bank;
    this.repertoire = repertoire;
  }

  /** A reply of that pole, but for the bank's share of clauses of the other one. */
  public ComposedReply compose(Situation situation, Facet facet, Pole pole, CountedRandom key) {
    return compose(situation, facet, pole, bank.grammar().offPole(), key);
  }

  /**
   * A reply in which each clause is of the other pole with a given probability.
   *
   * @param offPole that probability
   */
  public ComposedReply compose(
      Situation situation, Facet facet, Pole pole, double offPole, CountedRandom key) {
    int length = length(key.at("length").uniform(0));
    List<SituatedClause> chosen = new ArrayList<>();
    for (int place = 0; place < length; place++) {
      CountedRandom draw = key.at("clause").at(place);
      Pole itsPole = draw.uniform(0) < offPole ? pole.other() : pole;
      chosen.add(choose(situation, facet, itsPole, draw, chosen));
    }
    return compose(situation, facet, chosen, key);
  }

  /**
   * A reply of those clauses; opener and joins are drawn.
   *
   * @param clauses at least one, of the situation's repertoire
   */
  public ComposedReply compose(
      Situation situation, Facet facet, List<SituatedClause> clauses, CountedRandom key) {
    return new ComposedReply(text(situation, facet, clauses, key), clauses);
  }

  /**
   * Replies to all three questions. Motivation and consequences each keep the action's pole with
   * the bank's probability, so that facets are correlated but not equal.
   */
  public Map<Facet, ComposedReply> conversation(Situation situation, Pole pole, CountedRandom key) {
    Map<Facet, ComposedReply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      CountedRandom draw = key.at(facet.wireName());
      boolean keeps =
          facet == Facet.ACTION || draw.at("keep").uniform(0) < bank.grammar().keepPole();
      replies.put(facet, compose(situation, facet, keeps ? pole : pole.other(), draw));
    }
    return replies;
  }

  private int length(double place) {
    GrammarNumbers numbers = bank.grammar();
    double sum = 0;
    for (int length = 1; length < numbers.longest(); length++) {
      sum += numbers.lengths().get(length - 1);
      if (place < sum) {
        return length;
      }
    }
    return numbers.longest();
  }

  /**
   * A clause of that pole that was not chosen yet and takes nothing back; the schema's own with the
   * bank's share.
   */
  private SituatedClause choose(
      Situation situation,
      Facet facet,
      Pole pole,
      CountedRandom draw,
      List<SituatedClause> chosen) {
    boolean own = facet == Facet.ACTION && draw.uniform(1) < bank.grammar().ownAction();
    List<SituatedClause> candidates =
        repertoire.clauses(situation.schema(), facet).stream()
            .filter(clause -> clause.own() == own && clause.pole() == pole)
            .filter(clause -> !chosen.contains(clause))
            .filter(clause -> chosen.stream().noneMatch(clause::contradicts))
            .toList();
    return candidates.get(draw.below(candidates.size(), 2));
  }

  private String text(
      Situation situation, Facet facet, List<SituatedClause> clauses, CountedRandom key) {
    Frame frame = bank.frame(situation.schema().kind(), facet);
    CountedRandom draw = key.at("frame");
    StringBuilder text =
        new StringBuilder(frame.openers().get(draw.below(frame.openers().size(), 0)));
    int joins = frame.joins().size();
    int join = draw.below(joins, 1);
    for (int place = 0; place < clauses.size(); place++) {
      if (place > 0) {
        text.append(frame.joins().get(join));
        // Another one next time: "and … and …" reads badly.
        join = (join + 1 + draw.below(Math.max(1, joins - 1), 1 + place)) % joins;
      }
      text.append(' ').append(clauses.get(place).say().fill(situation.fillings()));
    }
    return text.append('.').toString();
  }
}
