package io.arete.world.survey;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Schema;
import io.arete.world.language.Pole;
import io.arete.world.language.SituatedClause;
import io.arete.world.language.Situation;
import io.arete.world.text.Template;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * One facet in numbers.
 *
 * @param good mean gold of generated replies of the good pole
 * @param bad mean gold of generated replies of the bad pole
 * @param swapped mean gold of good replies when they are given to a situation of another schema
 * @param constant mean gold of the best single sentence that says the same to every prompt
 * @param constantClause what it says
 * @param ordered how often the judge's belief orders two replies to one prompt as gold does
 * @param clearlyOrdered the same where their gold differs by more than 0.3
 */
public record FacetSurvey(
    double good,
    double bad,
    double swapped,
    double constant,
    String constantClause,
    double ordered,
    double clearlyOrdered) {

  private static final double CLEAR = 0.3;

  /** Surveys a facet on so many situations. */
  static FacetSurvey of(World world, Facet facet, int situations, CountedRandom key) {
    double good = 0;
    double bad = 0;
    double swapped = 0;
    for (int i = 0; i < situations; i++) {
      CountedRandom draw = key.at(i);
      Situation here = situation(world, draw.at("here"));
      String virtuous = reply(world, here, facet, Pole.GOOD, draw.at("good"));
      good += gold(world, here, facet, virtuous) / situations;
      bad +=
          gold(world, here, facet, reply(world, here, facet, Pole.BAD, draw.at("bad")))
              / situations;
      swapped += gold(world, elsewhere(world, here, draw), facet, virtuous) / situations;
    }
    Map.Entry<Template, Double> constant = constant(world, facet);
    return new FacetSurvey(
        good,
        bad,
        swapped,
        constant.getValue(),
        constant.getKey().text(),
        ordered(world, facet, situations, 0, key.at("pairs")),
        ordered(world, facet, situations, CLEAR, key.at("pairs")));
  }

  /** Over pairs whose gold differs by more than {@code least}: how often belief agrees. */
  private static double ordered(
      World world, Facet facet, int pairs, double least, CountedRandom key) {
    int counted = 0;
    int right = 0;
    for (int i = 0; i < pairs; i++) {
      CountedRandom draw = key.at(i);
      Situation here = situation(world, draw);
      Pole first = draw.uniform(0) < 0.5 ? Pole.GOOD : Pole.BAD;
      Pole second = draw.uniform(1) < 0.5 ? Pole.GOOD : Pole.BAD;
      String one = reply(world, here, facet, first, draw.at("one"));
      String two = reply(world, here, facet, second, draw.at("two"));
      double gold = gold(world, here, facet, one) - gold(world, here, facet, two);
      if (Math.abs(gold) > least) {
        counted++;
        right +=
            gold * (belief(world, here, facet, one) - belief(world, here, facet, two)) > 0 ? 1 : 0;
      }
    }
    return (double) right / counted;
  }

  /** The clause that, said alone and whatever is asked, is worth most; every schema as often. */
  private static Map.Entry<Template, Double> constant(World world, Facet facet) {
    Map<Template, Double> sums = new HashMap<>();
    for (Schema schema : world.bank().schemas()) {
      for (SituatedClause clause : world.repertoire().clauses(schema, facet)) {
        sums.merge(clause.say(), clause.gold().mean() / world.bank().schemas().size(), Double::sum);
      }
    }
    return Collections.max(sums.entrySet(), Map.Entry.comparingByValue());
  }

  private static Situation situation(World world, CountedRandom key) {
    return world.prompts().draw(Split.TRAIN, key.at("prompt")).situation();
  }

  private static Situation elsewhere(World world, Situation here, CountedRandom key) {
    Situation there = here;
    for (int attempt = 0; there.schema().equals(here.schema()); attempt++) {
      there = situation(world, key.at("elsewhere").at(attempt));
    }
    return there;
  }

  private static String reply(
      World world, Situation situation, Facet facet, Pole pole, CountedRandom key) {
    return world.grammar().compose(situation, facet, pole, key).text();
  }

  private static double gold(World world, Situation situation, Facet facet, String reply) {
    return world.parser().gold(situation, facet, reply).value();
  }

  private static double belief(World world, Situation situation, Facet facet, String reply) {
    return world.parser().belief(situation, facet, reply).value();
  }
}
