package io.arete.world.survey;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.language.ComposedReply;
import io.arete.world.language.Pole;
import io.arete.world.language.PromptKind;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The world in numbers: what docs/practice-world.md says of it.
 *
 * @param prompts how many different ones each split and kind has
 * @param questions how many plain ones each split has
 * @param facets each facet alone
 * @param actionMotivation correlation of their gold over generated conversations
 * @param actionConsequences the same
 * @param motivationConsequences the same
 */
public record WorldSurvey(
    Map<Split, Map<PromptKind, Long>> prompts,
    Map<Split, Integer> questions,
    Map<Facet, FacetSurvey> facets,
    double actionMotivation,
    double actionConsequences,
    double motivationConsequences) {

  /** Surveys a world on so many situations. */
  public static WorldSurvey of(World world, int situations, long seed) {
    CountedRandom key = CountedRandom.of(seed).at("survey");
    Map<Split, Map<PromptKind, Long>> prompts = new EnumMap<>(Split.class);
    Map<Split, Integer> questions = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      Map<PromptKind, Long> counts = new EnumMap<>(PromptKind.class);
      for (PromptKind kind : PromptKind.values()) {
        counts.put(kind, world.prompts().count(split, kind));
      }
      prompts.put(split, counts);
      questions.put(split, world.questions().count(split));
    }
    Map<Facet, FacetSurvey> facets = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      facets.put(facet, FacetSurvey.of(world, facet, situations, key.at(facet.wireName())));
    }
    List<Map<Facet, ComposedReply>> talks =
        conversations(world, situations, key.at("conversations"));
    return new WorldSurvey(
        prompts,
        questions,
        facets,
        correlation(talks, Facet.ACTION, Facet.MOTIVATION),
        correlation(talks, Facet.ACTION, Facet.CONSEQUENCES),
        correlation(talks, Facet.MOTIVATION, Facet.CONSEQUENCES));
  }

  /** Conversations of random prompts, half of which are of the good pole. */
  private static List<Map<Facet, ComposedReply>> conversations(
      World world, int count, CountedRandom key) {
    List<Map<Facet, ComposedReply>> conversations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CountedRandom draw = key.at(i);
      WorldPrompt prompt = world.prompts().draw(Split.TRAIN, draw.at("prompt"));
      Pole pole = draw.uniform(0) < 0.5 ? Pole.GOOD : Pole.BAD;
      conversations.add(world.grammar().conversation(prompt.situation(), pole, draw.at("replies")));
    }
    return conversations;
  }

  private static double correlation(
      List<Map<Facet, ComposedReply>> conversations, Facet one, Facet other) {
    return Numbers.correlation(golds(conversations, one), golds(conversations, other));
  }

  private static double[] golds(List<Map<Facet, ComposedReply>> conversations, Facet facet) {
    return conversations.stream()
        .flatMap(replies -> Stream.ofNullable(replies.get(facet)))
        .mapToDouble(reply -> reply.gold().mean())
        .toArray();
  }

  /** The survey as lines of text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    prompts.forEach(
        (split, counts) -> {
          text.append(split.wireName()).append(" prompts:");
          counts.forEach((kind, count) -> text.append(' ').append(kind).append(' ').append(count));
          text.append(" plain ").append(questions.get(split)).append('\n');
        });
    facets.forEach(
        (facet, survey) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s: gold good %.3f, bad %.3f, good of elsewhere %.3f; always \"%s\" %.3f;"
                        + " belief orders %.3f of all pairs, %.3f of the clear ones right%n",
                    facet.wireName(),
                    survey.good(),
                    survey.bad(),
                    survey.swapped(),
                    survey.constantClause(),
                    survey.constant(),
                    survey.ordered(),
                    survey.clearlyOrdered())));
    return text.append(
            String.format(
                Locale.ROOT,
                "correlation of gold: action-motivation %.3f, action-consequences %.3f,"
                    + " motivation-consequences %.3f%n",
                actionMotivation,
                actionConsequences,
                motivationConsequences))
        .toString();
  }
}
