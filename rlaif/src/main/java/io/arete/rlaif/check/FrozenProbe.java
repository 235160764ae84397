package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.reward.PairSet;
import io.arete.rlaif.reward.RewardPair;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Can the labels be learned at all, before any training? A linear probe reads the last hidden state
 * of each text, by the model that reward training begins with, and is tried on held-out pairs: once
 * with the labels as they are and as often with labels shuffled among the fitted pairs.
 */
final class FrozenProbe {

  private static final int SHUFFLES = 19;

  private final StageContext context;
  private final CheckBudget budget;
  private final int mostPairs;

  /**
   * A probe of a run.
   *
   * @param mostPairs of a facet, half of them held out; fewer if they would cost too much
   */
  FrozenProbe(StageContext context, int mostPairs) {
    this.context = context;
    this.budget = new CheckBudget(context);
    this.mostPairs = mostPairs;
  }

  /** A facet's pairs that say which text is better. */
  private record Decided(List<RewardPair> train, List<RewardPair> watch) {}

  /**
   * For each facet that PPO reads: pairs fitted and held out, how many right, and how many with
   * each shuffle.
   */
  ObjectNode run() {
    FacetTexts texts = RewardStage.texts(context);
    FeedbackPairs feedback = FeedbackPairs.read(context);
    Map<Facet, Decided> pairs = new EnumMap<>(Facet.class);
    List<RewardPair> all = new ArrayList<>();
    for (Facet facet : context.recipe().ppo().ensemble().facets()) {
      PairSet set = PairSet.all(context, feedback, texts, facet);
      int most = most(set.train().size());
      Decided decided = new Decided(decided(set.train(), most), decided(set.watch(), most));
      pairs.put(facet, decided);
      all.addAll(decided.train());
      all.addAll(decided.watch());
    }
    Map<RewardPair, double[]> features = features(all);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    pairs.forEach((facet, decided) -> root.set(facet.wireName(), probe(facet, decided, features)));
    return root;
  }

  private int most(int trained) {
    return (int) Math.min(mostPairs, budget.pairs(trained)) / 2;
  }

  private static List<RewardPair> decided(List<RewardPair> pairs, int most) {
    return pairs.stream().filter(pair -> pair.p() != 0.5).limit(most).toList();
  }

  private ObjectNode probe(Facet facet, Decided pairs, Map<RewardPair, double[]> features) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("fitted", pairs.train().size())
            .put("n", pairs.watch().size());
    if (pairs.train().isEmpty() || pairs.watch().isEmpty()) {
      return row;
    }
    LinearProbe probe =
        new LinearProbe(rows(pairs.train(), features), rows(pairs.watch(), features));
    double[] labels = signs(pairs.train());
    double[] truth = signs(pairs.watch());
    row.put("right", probe.right(labels, truth));
    ArrayNode shuffled = row.putArray("right_when_shuffled");
    CountedRandom draws = context.draws(Stage.REWARD).at("probe").at(facet.wireName());
    for (int i = 0; i < SHUFFLES; i++) {
      double[] others =
          Arrays.stream(draws.at(i).shuffle(labels.length)).mapToDouble(k -> labels[k]).toArray();
      shuffled.add(probe.right(others, truth));
    }
    return row;
  }

  private static double[][] rows(List<RewardPair> pairs, Map<RewardPair, double[]> features) {
    return pairs.stream()
        .map(pair -> Objects.requireNonNull(features.get(pair)))
        .toArray(double[][]::new);
  }

  private static double[] signs(List<RewardPair> pairs) {
    return pairs.stream().mapToDouble(pair -> pair.p() > 0.5 ? 1 : -1).toArray();
  }

  /** First less second text's feature of each pair; what pairs have in common is read once. */
  private Map<RewardPair, double[]> features(List<RewardPair> pairs) {
    Map<String, List<RewardPair>> groups = new LinkedHashMap<>();
    pairs.forEach(
        pair -> groups.computeIfAbsent(pair.comparison(), key -> new ArrayList<>()).add(pair));
    List<RewardPair> ordered = groups.values().stream().flatMap(List::stream).toList();
    Map<RewardPair, double[]> features = new HashMap<>();
    context.listener().begin("linear probe", "pairs", ordered.size());
    try (StackedModel model = context.tuned()) {
      for (List<RewardPair> pass :
          Passes.of(ordered, FrozenProbe::ids, context.recipe().reward().tokensPerPass())) {
        read(model, pass, features);
      }
    }
    context.listener().advance(ordered.size());
    return features;
  }

  private static List<int[]> ids(RewardPair pair) {
    return pair.texts().stream().map(FacetTexts.FacetText::ids).toList();
  }

  private static void read(
      StackedModel model, List<RewardPair> pass, Map<RewardPair, double[]> features) {
    if (pass.isEmpty()) {
      return;
    }
    Forest forest = Forest.of(pass.stream().flatMap(pair -> ids(pair).stream()).toList());
    int[] ends = new int[2 * pass.size()];
    Arrays.setAll(ends, forest::end);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      double[] values = model.decoder().normWide(model.readRows(forest, ends)).toDoubles();
      int width = values.length / ends.length;
      for (int i = 0; i < pass.size(); i++) {
        double[] difference = new double[width];
        for (int k = 0; k < width; k++) {
          difference[k] = values[2 * i * width + k] - values[(2 * i + 1) * width + k];
        }
        features.put(pass.get(i), difference);
      }
    }
  }
}
