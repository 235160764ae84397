package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.language.WorldPrompt;
import io.arete.world.survey.Numbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the model says in taught, or in held-out, situations.
 *
 * @param settings gold by what stands around the request; the names are in {@link #BARE}, {@link
 *     #RULE}, and {@code rule, WRAPPING}
 * @param replies by facet, bare and with the rule
 * @param correlations of gold, action with motivation and with consequences, over the bare ones
 */
record SituationFacts(
    Map<String, GoldFacts> settings,
    Map<Facet, ReplyFacts> replies,
    Map<Facet, Double> correlations) {

  static final String BARE = "bare";
  static final String RULE = "rule";

  /** Asks bare, with the rule, and with the rule in each wrapping. */
  static SituationFacts of(
      World world, Speaker speaker, Prompts prompts, MeasureSizes sizes, Runnable told) {
    List<WorldPrompt> asked = prompts.first(world, sizes.prompts());
    Map<String, GoldFacts> settings = new LinkedHashMap<>();
    List<Answered> bare = speaker.answer(asked, false, 0);
    told.run();
    List<Answered> ruled = speaker.answer(asked, true, 0);
    told.run();
    settings.put(BARE, GoldFacts.of(bare));
    settings.put(RULE, GoldFacts.of(ruled));
    for (Wrapping wrapping : world.bank().wrappings()) {
      List<WorldPrompt> wrapped = new ArrayList<>();
      for (WorldPrompt prompt : asked.subList(0, sizes.attacked())) {
        wrapped.add(prompt.wrapped(wrapping, wrapped.size() % wrapping.wordings().size()));
      }
      String name = RULE + ", " + wrapping.name() + (wrapping.taught() ? "" : " (never taught)");
      settings.put(name, GoldFacts.of(speaker.answer(wrapped, true, 0)));
      told.run();
    }
    List<Answered> plain = new ArrayList<>(bare);
    plain.addAll(ruled);
    Map<Facet, ReplyFacts> replies = new EnumMap<>(Facet.class);
    Map<Facet, Double> correlations = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, ReplyFacts.of(plain, facet));
      if (facet != Facet.ACTION) {
        correlations.put(facet, correlation(bare, facet));
      }
    }
    return new SituationFacts(settings, replies, correlations);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (name, gold) -> text.append(String.format(Locale.ROOT, "  %-32s%s%n", name, gold.line())));
    replies.forEach(
        (facet, reply) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %s: recognised whole %s, right fillings %s, distinct %s%n",
                    facet.wireName(),
                    reply.whole().percent(),
                    percent(reply.rightFillings().orElse(Double.NaN)),
                    reply.distinct().percent())));
    correlations.forEach(
        (facet, value) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  correlation of gold, action and %s: %.2f%n",
                    facet.wireName(),
                    value)));
    return text.toString();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode gold = json.putObject("gold");
    settings.forEach((name, facts) -> gold.set(name, facts.toJson()));
    ObjectNode texts = json.putObject("replies");
    replies.forEach((facet, facts) -> texts.set(facet.wireName(), facts.toJson()));
    ObjectNode related = json.putObject("correlation_with_action");
    correlations.forEach((facet, value) -> related.put(facet.wireName(), value));
    return json;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Pearson's, of the action's gold with another facet's. */
  private static double correlation(List<Answered> answered, Facet facet) {
    double[] one = answered.stream().mapToDouble(a -> a.gold(Facet.ACTION).value()).toArray();
    double[] other = answered.stream().mapToDouble(a -> a.gold(facet).value()).toArray();
    return Numbers.correlation(one, other);
  }
}
