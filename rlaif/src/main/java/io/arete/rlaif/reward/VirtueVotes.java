package io.arete.rlaif.reward;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.WeightedVote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the labeler said of each pair on each virtue, where that was kept.
 *
 * @param signals by facet and pair, log-odds by virtue that the first is better
 */
record VirtueVotes(Map<String, Map<String, Double>> signals) {

  /** Nothing is known: people's labels have no virtues. */
  static final VirtueVotes NONE = new VirtueVotes(Map.of());

  /** Reads a run's judgements; {@link #NONE} if there are none. */
  static VirtueVotes read(Path judgements) {
    if (!Files.exists(judgements)) {
      return NONE;
    }
    List<JudgedPair> judged =
        JsonLines.readAppended(judgements, (line, row) -> Optional.of(JudgedPair.ofJson(row)));
    Map<String, Map<String, Double>> signals = new HashMap<>();
    for (JudgedPair pair : judged) {
      Map<String, Double> votes = new LinkedHashMap<>();
      pair.judgement().map(said -> said.votes()).orElse(List.of()).stream()
          .forEach((WeightedVote vote) -> votes.put(vote.virtue(), vote.vote().signal()));
      signals.put(key(pair.facet(), pair.id()), votes);
    }
    return new VirtueVotes(signals);
  }

  /** The signals on a pair, by virtue; empty if none were kept. */
  Map<String, Double> of(RewardPair pair) {
    return signals.getOrDefault(key(pair.facet(), pair.id()), Map.of());
  }

  private static String key(Facet facet, String id) {
    return facet.wireName() + " " + id;
  }
}
