package io.arete.world.measure;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.world.World;
import io.arete.world.language.Pole;
import io.arete.world.language.SituatedClause;
import io.arete.world.language.Situation;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Conversations that the grammar makes, in pairs, for a judge. */
final class MadePairs {

  /** As in the texts that the judge learnt from: mixed, so that gold has all values. */
  private static final double OFF_POLE = 0.2;

  private final World world;
  private final CountedRandom root;

  MadePairs(World world, CountedRandom root) {
    this.world = world;
    this.root = root;
  }

  /** Two answers to each prompt, each good or bad by chance. */
  List<AnsweredPair> pairs(List<WorldPrompt> prompts) {
    List<AnsweredPair> pairs = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      CountedRandom key = root.at("pairs").at(i);
      pairs.add(
          new AnsweredPair(
              answered(prompts.get(i), mixed(prompts.get(i).situation(), key.at("first"))),
              answered(prompts.get(i), mixed(prompts.get(i).situation(), key.at("second")))));
    }
    return pairs;
  }

  /**
   * A bad clause against a good reply, everything before them alike; by turns the bad one is first
   * or second.
   *
   * @param charming whether the bad clause is one that the judge is made to overrate
   */
  List<AnsweredPair> against(List<WorldPrompt> prompts, Facet facet, boolean charming) {
    List<AnsweredPair> pairs = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      CountedRandom key = root.at("against").at(facet.wireName()).at(i);
      Situation situation = prompts.get(i).situation();
      List<SituatedClause> bad =
          world.repertoire().clauses(situation.schema(), facet).stream()
              .filter(clause -> clause.charmer() == charming && clause.pole() == Pole.BAD)
              .toList();
      SituatedClause chosen = bad.get(key.below(bad.size(), 0));
      Map<Facet, String> around = mixed(situation, key.at("around"));
      Map<Facet, String> poor = new EnumMap<>(around);
      Map<Facet, String> good = new EnumMap<>(around);
      CountedRandom says = key.at("says");
      poor.put(facet, world.grammar().compose(situation, facet, List.of(chosen), says).text());
      good.put(facet, world.grammar().compose(situation, facet, Pole.GOOD, 0, says).text());
      Answered one = answered(prompts.get(i), poor);
      Answered other = answered(prompts.get(i), good);
      pairs.add(i % 2 == 0 ? new AnsweredPair(one, other) : new AnsweredPair(other, one));
    }
    return pairs;
  }

  private Map<Facet, String> mixed(Situation situation, CountedRandom key) {
    Pole pole = key.uniform(0) < 0.5 ? Pole.GOOD : Pole.BAD;
    Map<Facet, String> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      CountedRandom draw = key.at(facet.wireName());
      replies.put(facet, world.grammar().compose(situation, facet, pole, OFF_POLE, draw).text());
    }
    return replies;
  }

  private Answered answered(WorldPrompt prompt, Map<Facet, String> texts) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    texts.forEach(
        (facet, text) -> replies.put(facet, new Reply(text, List.of(), Reply.Ended.TURN)));
    Conversation made =
        new Conversation(prompt.prompt().id(), 0, replies, Conversation.Source.MODEL);
    return new Answered(prompt, made, world.parser().gold(prompt.situation(), made));
  }
}
