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
import io.arete.rlaif.reward.PairSet;
import io.arete.rlaif.reward.RewardPair;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
  private final Map<Facet, PairSet> pairs = new EnumMap<>(Facet.class);
  private final Map<String, Conversation> conversations = new LinkedHashMap<>();
  private final Map<String, Prompt> prompts;

  /** Reads the held-out pairs. */
  ScoringPath(StageContext context) {
    this.context = context;
    this.prompts = context.data().promptsById();
    FeedbackPairs feedback = FeedbackPairs.read(context);
    FacetTexts texts = RewardStage.texts(context);
    for (Facet facet : Facet.values()) {
      PairSet set = PairSet.all(context, feedback, texts, facet);
      pairs.put(facet, set);
      for (RewardPair pair : set.watch()) {
        for (String key : List.of(first(pair), second(pair))) {
          conversations.put(key, feedback.conversation(key));
        }
      }
    }
  }

  /**
   * For each facet: decided pairs, how many are right by PPO's path, how many of them rounding may
   * turn, the accuracy that the reward stage found, whether the texts are those that it read, texts
   * that begin with one special token twice; and how far scores alone lie from those in a batch.
   */
  ObjectNode run() {
    context.listener().begin("PPO's scoring path", "conversations", conversations.size());
    try (RunRewardModels models = RunRewardModels.open(context, List.of(RewardSet.FIRST))) {
      List<String> keys = List.copyOf(conversations.keySet());
      Map<Facet, double[]> scores = score(models, keys);
      Map<Facet, Map<String, Double>> byKey = new EnumMap<>(Facet.class);
      scores.forEach(
          (facet, values) -> {
            Map<String, Double> named = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
              named.put(keys.get(i), values[i]);
            }
            byKey.put(facet, named);
          });
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      ObjectNode facets = root.putObject("facets");
      pairs.forEach(
          (facet, set) ->
              facets.set(
                  facet.wireName(), facet(facet, set, Objects.requireNonNull(byKey.get(facet)))));
      root.set("alone", alone(models, keys, scores));
      context.listener().advance(keys.size());
      return root;
    }
  }

  private ObjectNode facet(Facet facet, PairSet set, Map<String, Double> scores) {
    JsonNode found =
        JsonFile.readIfThere(context.folder().reward(facet).resolve("evaluation.json"));
    int decided = 0;
    int right = 0;
    int close = 0;
    for (RewardPair pair : set.watch()) {
      double lead =
          Objects.requireNonNull(scores.get(first(pair)))
              - Objects.requireNonNull(scores.get(second(pair)));
      decided += pair.p() != 0.5 ? 1 : 0;
      right += lead * (pair.p() - 0.5) > 0 ? 1 : 0;
      close += pair.p() != 0.5 && Math.abs(lead) < ROUNDING ? 1 : 0;
    }
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("decided", decided)
            .put("right", right)
            .put("close", close)
            .put("double_start", set.watch().stream().filter(this::startsTwice).count());
    if (found.has("accuracy")) {
      row.put("evaluated_accuracy", found.path("accuracy").asDouble());
    }
    if (found.has("texts")) {
      row.put("same_texts", found.path("texts").asText().equals(set.watchTexts()));
    }
    return row;
  }

  private boolean startsTwice(RewardPair pair) {
    int[] ids = pair.first().ids();
    return ids.length > 1 && ids[0] == ids[1] && context.model().tokenizer().isSpecial(ids[0]);
  }

  /** The largest difference of a score alone from the same one in the batch, z units. */
  private ObjectNode alone(FacetScorer models, List<String> keys, Map<Facet, double[]> together) {
    double largest = 0;
    int texts = 0;
    for (int i = 0; i < Math.min(SCORED_ALONE, keys.size()); i++) {
      Map<Facet, double[]> own = score(models, List.of(keys.get(i)));
      for (Map.Entry<Facet, double[]> one : own.entrySet()) {
        double batch = Objects.requireNonNull(together.get(one.getKey()))[i];
        if (Double.isFinite(batch)) {
          largest = Math.max(largest, Math.abs(one.getValue()[0] - batch));
          texts++;
        }
      }
    }
    return JsonNodeFactory.instance.objectNode().put("texts", texts).put("largest", largest);
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
