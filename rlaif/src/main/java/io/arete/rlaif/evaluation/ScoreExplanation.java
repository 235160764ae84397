package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.reward.RunRewardModels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a run's ensemble comes to its score of a conversation: what each reward model says, what that
 * is in z units, their mean and disagreement, the charge for it, the score.
 *
 * @param readings what the reward models say of it, by facet, one a seed
 * @param rule how the facets' scores become one
 */
public record ScoreExplanation(
    Map<Facet, List<RunRewardModels.Reading>> readings, EnsembleRule rule) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * One a conversation.
   *
   * @param prompts the prompt of each conversation
   */
  public static List<ScoreExplanation> of(
      RunRewardModels models,
      EnsembleRule rule,
      List<Prompt> prompts,
      List<Conversation> conversations) {
    Map<Facet, List<List<RunRewardModels.Reading>>> all = models.readings(prompts, conversations);
    List<ScoreExplanation> found = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      Map<Facet, List<RunRewardModels.Reading>> own = new EnumMap<>(Facet.class);
      for (Map.Entry<Facet, List<List<RunRewardModels.Reading>>> entry : all.entrySet()) {
        int place = i;
        own.put(entry.getKey(), entry.getValue().stream().map(s -> s.get(place)).toList());
      }
      found.add(new ScoreExplanation(own, rule));
    }
    return found;
  }

  /** The score as a labelled tree, one line a number. */
  public String text() {
    Optional<Facet> unread = unread();
    if (unread.isPresent()) {
      return "no ensemble score: the reply on the "
          + unread.get().wireName()
          + " alone is longer than the reward models read";
    }
    Map<Facet, List<String>> origins = new EnumMap<>(Facet.class);
    readings.forEach(
        (facet, seeds) ->
            origins.put(
                facet,
                IntStream.range(0, seeds.size())
                    .mapToObj(
                        i ->
                            origin(seeds.size() == 1 ? "" : "seed " + (i + 1) + ": ", seeds.get(i)))
                    .toList()));
    return score().orElseThrow().explain(origins);
  }

  /**
   * The same for scripts: {@code score}, {@code mean}, {@code sd} and by facet {@code z} and {@code
   * raw}, one a seed; where a reply is too long, {@code score} is null and {@code too_long} its
   * facet.
   */
  public ObjectNode json() {
    ObjectNode json = NODES.objectNode();
    Optional<Facet> unread = unread();
    if (unread.isPresent()) {
      return json.putNull("score").put("too_long", unread.get().wireName());
    }
    EnsembleScore score = score().orElseThrow();
    json.put("score", score.value()).put("mean", score.mean()).put("sd", score.populationSd());
    ObjectNode members = json.putObject("members");
    readings.forEach(
        (facet, seeds) -> {
          ObjectNode member = members.putObject(facet.wireName()).put("z", z(seeds));
          ArrayNode raw = member.putArray("raw");
          seeds.forEach(seed -> raw.add(seed.raw()));
        });
    return json;
  }

  /** The score; empty if a reply alone is longer than the reward models read. */
  public Optional<EnsembleScore> score() {
    if (unread().isPresent()) {
      return Optional.empty();
    }
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    readings.forEach((facet, seeds) -> members.put(facet, z(seeds)));
    return Optional.of(new EnsembleScore(members, rule));
  }

  /** The first facet whose reply is too long to be read. */
  private Optional<Facet> unread() {
    return readings.keySet().stream().filter(f -> Double.isNaN(z(seeds(f)))).findFirst();
  }

  private List<RunRewardModels.Reading> seeds(Facet facet) {
    return readings.getOrDefault(facet, List.of());
  }

  private static double z(List<RunRewardModels.Reading> seeds) {
    return seeds.stream().mapToDouble(RunRewardModels.Reading::z).average().orElseThrow();
  }

  private static String origin(String who, RunRewardModels.Reading reading) {
    return String.format(
        Locale.ROOT,
        "%sz %.4f = (raw %.4f - mean %.4f) / sd %.4f",
        who,
        reading.z(),
        reading.raw(),
        reading.normalizer().mean(),
        reading.normalizer().sd());
  }
}
