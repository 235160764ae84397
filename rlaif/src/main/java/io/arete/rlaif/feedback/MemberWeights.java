package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.VoteWeight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What each member of a committee counts, by how often it was right on the calibration pairs of all
 * facets together.
 *
 * <p>A vote's weight = weight of its virtue · weight of its member ({@link VoteWeight}) ÷ the
 * member's loudness. Without the latter, whoever speaks in larger log-odds would decide, right or
 * not. If no member has a weight all count alike: the gate then sees what they say together.
 */
public record MemberWeights(Map<String, Member> members) {

  private static final char SLASH = '/';

  /**
   * One member.
   *
   * @param vote how often it was right
   * @param loudness mean size of its labels' log-odds, nats
   */
  public record Member(VoteWeight vote, double loudness) {}

  /** Copies the members. */
  public MemberWeights {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** How a member's vote on a virtue is called. */
  static String voteName(String member, String virtue) {
    return member + SLASH + virtue;
  }

  /** The weights that calibration pairs give; members that judged no pair are not in it. */
  static MemberWeights of(List<JudgedPair> known, VoteAveraging averaging) {
    Map<String, List<Double>> logOdds = new LinkedHashMap<>();
    Map<String, Integer> right = new LinkedHashMap<>();
    for (JudgedPair pair : known) {
      if (pair.judgement().isPresent() && pair.firstPreferred().isPresent()) {
        double side = pair.firstPreferred().get() ? 1 : -1;
        byMember(pair.judgement().get())
            .forEach(
                (member, votes) -> {
                  double label = SoftLabel.of(votes, averaging).logOdds();
                  logOdds.computeIfAbsent(member, name -> new ArrayList<>()).add(label);
                  right.merge(member, label * side > 0 ? 1 : 0, Integer::sum);
                });
      }
    }
    Map<String, Member> members = new LinkedHashMap<>();
    logOdds.forEach(
        (member, labels) ->
            members.put(
                member,
                new Member(
                    new VoteWeight(right.getOrDefault(member, 0), labels.size()),
                    labels.stream().mapToDouble(Math::abs).average().orElseThrow())));
    return new MemberWeights(members);
  }

  /** The member that was right most often; of equals the first. */
  Optional<String> best() {
    return members.entrySet().stream()
        .max(
            Comparator.comparingDouble(
                entry -> (double) entry.getValue().vote().right() / entry.getValue().vote().n()))
        .map(Map.Entry::getKey);
  }

  /** Whether a member has a vote. */
  boolean counts(String member) {
    return nobodyCounts() || weight(member) > 0;
  }

  /** The judgement with its votes weighed, and members that do not count left out. */
  Judgement weigh(Judgement judgement) {
    List<WeightedVote> votes = new ArrayList<>();
    for (WeightedVote vote : judgement.votes()) {
      String member = member(vote);
      if (counts(member)) {
        double weight = nobodyCounts() ? 1 : weight(member) / loudness(member);
        votes.add(vote.times(weight));
      }
    }
    Map<String, Judgement.Heard> heard = new LinkedHashMap<>(judgement.heard());
    heard.keySet().removeIf(member -> !member.equals(Judgement.ALONE) && !counts(member));
    return new Judgement(votes, heard);
  }

  /** For reports: of each member how often it was right, and what it counts. */
  public ObjectNode toJson() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    members.forEach(
        (name, member) -> {
          ObjectNode row = all.putObject(name);
          row.set("right", ShareJson.of(member.vote().right(), member.vote().n()));
          row.put("weight", member.vote().value())
              .put("loudness_nats", member.loudness())
              .put("counts", counts(name));
        });
    return all;
  }

  private boolean nobodyCounts() {
    return members.values().stream().allMatch(member -> member.vote().value() == 0);
  }

  private double weight(String member) {
    return members.containsKey(member) ? found(member).vote().value() : 0;
  }

  /** A member that counts was right more often than not, so it said something. */
  private double loudness(String member) {
    return found(member).loudness();
  }

  private Member found(String member) {
    return Objects.requireNonNull(members.get(member));
  }

  private static Map<String, List<WeightedVote>> byMember(Judgement judgement) {
    Map<String, List<WeightedVote>> votes = new LinkedHashMap<>();
    for (WeightedVote vote : judgement.votes()) {
      votes.computeIfAbsent(member(vote), name -> new ArrayList<>()).add(vote);
    }
    return votes;
  }

  /** Whose vote it is. */
  static String member(WeightedVote vote) {
    return vote.virtue().substring(0, Math.max(0, vote.virtue().indexOf(SLASH)));
  }
}
