package io.arete.rlaif.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several labelers as one. Every vote keeps its source in its name, {@code member/virtue}. Before
 * the calibration all members count alike; {@link #weighed} gives each the weight that it earned
 * there. A pair is judged if every member that counts can read it.
 */
final class Committee implements Labeler {

  private final Map<String, Labeler> members;
  private final Optional<MemberWeights> weights;

  /**
   * A committee in which all count alike.
   *
   * @param members by names without a slash, at least one; closed with the committee
   */
  Committee(Map<String, Labeler> members) {
    this(members, Optional.empty());
  }

  private Committee(Map<String, Labeler> members, Optional<MemberWeights> weights) {
    this.members = new LinkedHashMap<>(members);
    this.weights = weights;
  }

  /** The same members with those weights; one without weight is no longer asked. */
  Committee weighed(MemberWeights earned) {
    return new Committee(members, Optional.of(earned));
  }

  @Override
  public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
    Map<String, List<Optional<Judgement>>> said = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          if (weights.map(earned -> earned.counts(name)).orElse(true)) {
            said.put(name, member.judge(comparisons));
          }
        });
    List<Optional<Judgement>> together = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      together.add(together(said, i).map(one -> weights.map(w -> w.weigh(one)).orElse(one)));
    }
    return together;
  }

  private static Optional<Judgement> together(
      Map<String, List<Optional<Judgement>>> said, int place) {
    List<WeightedVote> votes = new ArrayList<>();
    double mass = 0;
    int failures = 0;
    for (Map.Entry<String, List<Optional<Judgement>>> member : said.entrySet()) {
      Optional<Judgement> judgement = member.getValue().get(place);
      if (judgement.isEmpty()) {
        return Optional.empty();
      }
      for (WeightedVote vote : judgement.get().votes()) {
        String name = MemberWeights.voteName(member.getKey(), vote.virtue());
        votes.add(new WeightedVote(name, vote.weight(), vote.vote()));
      }
      mass += judgement.get().answerMass() / said.size();
      failures += judgement.get().failures();
    }
    return Optional.of(new Judgement(votes, mass, failures));
  }

  @Override
  public LabelerWork work() {
    return members.values().stream().map(Labeler::work).reduce(LabelerWork.NONE, LabelerWork::plus);
  }

  @Override
  public void close() {
    members.values().forEach(Labeler::close);
  }
}
