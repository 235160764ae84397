package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.reward.HeldOutScores;
import io.arete.rlaif.reward.PairSet;
import io.arete.rlaif.reward.RewardPair;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Does PPO read what was trained? The held-out pairs are scored by the very path that PPO scores
 * with, from a folder that it loads, and compared with what the reward stage wrote down. Of several
 * sets of reward models it is the first: each was evaluated alone.
 */
final class ScoringPath {

  private static final int SCORED_ALONE = 24;

  /** A lead below it, z units, may change its sign with what texts are computed beside. */
  private static final double ROUNDING = 5e-3;

  private final StageContext context;
  private final List<Facet> facets;
  private final Map<Facet, PairSet> pairs = new EnumMap<>(Facet.class);
  private final Map<Facet, List<RewardPair>> scored = new EnumMap<>(Facet.class);
  private final Map<String, Conversation> conversations = new LinkedHashMap<>();
  private final Map<String, Prompt> prompts;

  /** Reads the held-out pairs of the facets that PPO reads, as many as the run's share pays for. */
  ScoringPath(StageContext context) {
    CheckBudget budget = new CheckBudget(context);
    this.context = context;
    this.facets = context.recipe().ppo().ensemble().facets();
    this.prompts = context.data().promptsById();
    FeedbackPairs feedback = FeedbackPairs.read(context);
    FacetTexts texts = RewardStage.texts(context);
    for (Facet facet : facets) {
      PairSet set = PairSet.all(context, feedback, texts, facet);
      boolean told = HeldOutScores.areIn(context.folder().reward(facet));
      double most = told ? budget.pairs(set.train().size()) : set.watch().size();
      List<RewardPair> first = set.watch().stream().limit((long) most).toList();
      pairs.put(facet, set);
      scored.put(facet, first);
      for (RewardPair pair : first) {
        for (String key : List.of(first(pair), second(pair))) {
          conversations.put(key, feedback.conversation(key));
        }
      }
    }
  }

  /**
   * For each facet: decided pairs, how many are right by PPO's path, how many of them rounding may
   * turn, the accuracy on them that the reward stage found, whether all held-out texts are those
   * that it read, texts that begin with one special token twice; and how far scores alone lie from
   * those in a batch.
   */
  ObjectNode run() {
    context.listener().begin("PPO's scoring path", "conversations", conversations.size());
    try (RunRewardModels models = RunRewardModels.open(context, List.of(RewardSet.FIRST), facets)) {
      List<String> keys = List.copyOf(conversations.keySet());
      Map<Facet, double[]> scores = score(models, keys);
      Map<Facet, ObjectNode> alone = alone(models, keys, scores);
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      for (Facet facet : facets) {
        double[] values = Objects.requireNonNull(scores.get(facet));
        Map<String, Double> byKey = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
          byKey.put(keys.get(i), values[i]);
        }
        root.set(facet.wireName(), facet(facet, byKey).set("alone", alone.get(facet)));
      }
      context.listener().advance(keys.size());
      return root;
    }
  }

  private ObjectNode facet(Facet facet, Map<String, Double> scores) {
    PairSet set = Objects.requireNonNull(pairs.get(facet));
    Path model = context.folder().reward(facet);
    JsonNode found = JsonFile.readIfThere(model.resolve("evaluation.json"));
    List<RewardPair> read = Objects.requireNonNull(scored.get(facet));
    ToDoubleFunction<RewardPair> lead =
        pair ->
            Objects.requireNonNull(scores.get(first(pair)))
                - Objects.requireNonNull(scores.get(second(pair)));
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("decided", decided(read).count())
            .put("right", right(read, lead))
            .put(
                "close",
                decided(read).filter(pair -> Math.abs(lead.applyAsDouble(pair)) < ROUNDING).count())
            .put("double_start", set.watch().stream().filter(this::startsTwice).count());
    if (found.has("accuracy")) {
      double stated = found.path("accuracy").asDouble();
      row.put("evaluated_accuracy", evaluated(stated, set.watch(), read, model));
    }
    if (found.has("texts")) {
      row.put("same_texts", found.path("texts").asText().equals(set.watchTexts()));
    }
    return row;
  }

  /** What the reward stage found on the pairs that were read, if its files agree on all pairs. */
  private static double evaluated(
      double stated, List<RewardPair> all, List<RewardPair> read, Path model) {
    if (read.size() == all.size()) {
      return stated;
    }
    HeldOutScores written = HeldOutScores.read(model);
    ToDoubleFunction<RewardPair> lead = pair -> written.lead(pair.comparison());
    boolean agree = right(all, lead) == Math.round(stated * decided(all).count());
    return agree ? (double) right(read, lead) / decided(read).count() : stated;
  }

  private static Stream<RewardPair> decided(List<RewardPair> pairs) {
    return pairs.stream().filter(pair -> pair.p() != 0.5);
  }

  private static long right(List<RewardPair> pairs, ToDoubleFunction<RewardPair> lead) {
    return pairs.stream().filter(pair -> lead.applyAsDouble(pair) * (pair.p() - 0.5) > 0).count();
  }

  private boolean startsTwice(RewardPair pair) {
    int[] ids = pair.first().ids();
    return ids.length > 1 && ids[0] == ids[1] && context.model().tokenizer().isSpecial(ids[0]);
  }

  /** By facet, the largest difference of a score alone from the same one in the batch, z units. */
  private Map<Facet, ObjectNode> alone(
      FacetScorer models, List<String> keys, Map<Facet, double[]> together) {
    Map<Facet, double[]> own = new EnumMap<>(Facet.class);
    int most = Math.min(SCORED_ALONE, keys.size());
    together.keySet().forEach(facet -> own.put(facet, new double[most]));
    for (int i = 0; i < most; i++) {
      int place = i;
      score(models, List.of(keys.get(i)))
          .forEach((facet, one) -> Objects.requireNonNull(own.get(facet))[place] = one[0]);
    }
    Map<Facet, ObjectNode> rows = new EnumMap<>(Facet.class);
    own.forEach(
        (facet, values) -> {
          double[] batch = Objects.requireNonNull(together.get(facet));
          double[] apart =
              IntStream.range(0, most)
                  .filter(i -> Double.isFinite(batch[i]))
                  .mapToDouble(i -> Math.abs(values[i] - batch[i]))
                  .toArray();
          rows.put(
              facet,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("texts", apart.length)
                  .put("largest", Arrays.stream(apart).max().orElse(0)));
        });
    return rows;
  }

  private Map<Facet, double[]> score(FacetScorer models, List<String> keys) {
    List<Conversation> said =
        keys.stream().map(key -> Objects.requireNonNull(conversations.get(key))).toList();
    return models.score(
        said.stream().map(one -> Objects.requireNonNull(prompts.get(one.promptId()))).toList(),
        said);
  }

  private static String first(RewardPair pair) {
    String[] words = pair.comparison().split(" ", -1);
    return words[0] + " " + words[1];
  }

  private static String second(RewardPair pair) {
    String[] words = pair.comparison().split(" ", -1);
    return words[0] + " " + words[2];
  }
}
