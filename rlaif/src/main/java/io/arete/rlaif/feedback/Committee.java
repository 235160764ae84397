package io.arete.rlaif.feedback;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Several labelers as one. Every vote keeps its source in its name, {@code member/virtue}. Before
 * the calibration all members count alike; {@link #weighed} gives each the weight that it earned
 * there. A pair is judged if every member that counts can read it.
 */
public final class Committee implements Labeler {

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

  /**
   * A committee in which all count alike.
   *
   * @param places where its members are
   * @param name of a member's place: a folder, of which the last name counts, or a single word
   * @param opener opens the labeler of a place; those that are open are closed if one fails
   */
  public static <P> Labeler open(
      List<P> places, Function<P, String> name, Function<P, Labeler> opener) {
    Map<String, Labeler> members = new LinkedHashMap<>();
    try {
      for (P place : places) {
        members.put(freeName(name.apply(place), members.keySet()), opener.apply(place));
      }
      return new Committee(members);
    } catch (RuntimeException e) {
      members.values().forEach(Labeler::close);
      throw e;
    }
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

  @Override
  public Labeler calibrated(List<JudgedPair> known, VoteAveraging averaging) {
    return weighed(MemberWeights.of(known, averaging));
  }

  @Override
  public Optional<MemberWeights> weights() {
    return weights;
  }

  @Override
  public Optional<String> cost(Supplier<Stream<Comparison>> comparisons) {
    return members.values().stream()
        .map(member -> member.cost(comparisons))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The last name, with a number where others have the same. */
  private static String freeName(String place, Set<String> taken) {
    String name = String.valueOf(Path.of(place).getFileName());
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = name + "-" + number;
    }
    return free;
  }

  private static Optional<Judgement> together(
      Map<String, List<Optional<Judgement>>> said, int place) {
    List<WeightedVote> votes = new ArrayList<>();
    Map<String, Judgement.Heard> heard = new LinkedHashMap<>();
    for (Map.Entry<String, List<Optional<Judgement>>> member : said.entrySet()) {
      Optional<Judgement> judgement = member.getValue().get(place);
      if (judgement.isEmpty()) {
        return Optional.empty();
      }
      for (WeightedVote vote : judgement.get().votes()) {
        votes.add(vote.named(MemberWeights.voteName(member.getKey(), vote.virtue())));
      }
      heard.put(
          member.getKey(),
          new Judgement.Heard(judgement.get().answerMass(), judgement.get().failures()));
    }
    return Optional.of(new Judgement(votes, heard));
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
