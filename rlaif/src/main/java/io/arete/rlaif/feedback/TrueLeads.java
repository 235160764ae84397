package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.Bootstrap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which conversation of a run's pairs is truly better, where somebody knows. */
final class TrueLeads {

  private static final int RESAMPLES = 2000;

  private final Truth truth;
  private final Map<String, Prompt> prompts;
  private final Map<String, Conversation> conversations = new HashMap<>();

  TrueLeads(Truth truth, Map<String, Prompt> prompts, List<Conversation> conversations) {
    this.truth = truth;
    this.prompts = prompts;
    conversations.forEach(one -> this.conversations.put(name(one.promptId(), one.sample()), one));
  }

  /** Of the labels whose pair has a truly better conversation, those that name the other one. */
  Optional<ObjectNode> wrong(Facet facet, List<PreferencePair> labels) {
    int known = 0;
    int wrong = 0;
    for (PreferencePair label : labels) {
      double lead = lead(facet, label.id());
      known += lead != 0 ? 1 : 0;
      wrong += lead * (label.p() - 0.5) < 0 ? 1 : 0;
    }
    return known == 0 ? Optional.empty() : Optional.of(ShareJson.of(wrong, known));
  }

  /**
   * A committee against the member that was best on the calibration pairs, which are others: the
   * difference of the shares of right labels, with an interval over pairs of conversations.
   *
   * @param judged every pair, weighed
   * @param best the member's name
   */
  Optional<ObjectNode> againstBest(
      List<JudgedPair> judged, String best, VoteAveraging averaging, CountedRandom random) {
    Map<String, List<double[]>> byPair = new LinkedHashMap<>();
    for (JudgedPair pair : judged) {
      double lead = lead(pair.facet(), pair.id());
      if (lead != 0 && pair.judgement().isPresent()) {
        List<WeightedVote> votes = pair.judgement().get().votes();
        List<WeightedVote> one =
            votes.stream().filter(vote -> MemberWeights.member(vote).equals(best)).toList();
        double[] right = {right(one, averaging, lead), right(votes, averaging, lead)};
        byPair.computeIfAbsent(pair.id(), id -> new ArrayList<>()).add(right);
      }
    }
    if (byPair.size() < 2) {
      return Optional.empty();
    }
    double[] member = shares(byPair, 0);
    double[] committee = shares(byPair, 1);
    Bootstrap gain = Bootstrap.ofPairs(member, committee, RESAMPLES, 0.95, random);
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("member", best)
            .put("n", gain.n())
            .put("difference", gain.meanDifference())
            .put("low", gain.interval().low())
            .put("high", gain.interval().high()));
  }

  private static double right(List<WeightedVote> votes, VoteAveraging averaging, double lead) {
    return SoftLabel.of(votes, averaging).logOdds() * lead > 0 ? 1 : 0;
  }

  private static double[] shares(Map<String, List<double[]>> byPair, int side) {
    return byPair.values().stream()
        .mapToDouble(
            facets -> facets.stream().mapToDouble(right -> right[side]).average().orElseThrow())
        .toArray();
  }

  /** By how much the first of a pair is worth more; 0 if that is not known. */
  private double lead(Facet facet, String pair) {
    PairName name = PairName.parse(pair);
    Comparison.Origin origin =
        new Comparison.Origin(
            Objects.requireNonNull(prompts.get(name.prompt())),
            conversation(name.prompt(), name.first()),
            conversation(name.prompt(), name.second()));
    return TruthLabeler.lead(truth, facet, origin).orElse(0.0);
  }

  private Conversation conversation(String prompt, int sample) {
    return Objects.requireNonNull(conversations.get(name(prompt, sample)));
  }

  private static String name(String prompt, int sample) {
    return prompt + "-" + sample;
  }
}
