package io.arete.rlaif.attack.study;

import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.prompt.Behavior;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prompts sent again, each several times, and what judges call the replies.
 *
 * @param labels by judge, behavior and sample; empty where the judge does not tell, or there was no
 *     reply
 * @param unanswered samples without a reply
 */
record Recount(Map<String, List<List<Optional<ReplyLabel>>>> labels, int unanswered) {

  /** A prompt and the behavior that it asks for; without a prompt nothing is sent. */
  record Sent(Behavior behavior, Optional<String> prompt) {}

  /**
   * Sends and labels.
   *
   * @param key of the draws, which no attack has: what steered it must not count
   * @param samples of each prompt
   * @param judges at least one
   */
  static Recount of(
      String key, List<Sent> sent, int samples, Target target, List<ReplyJudge> judges) {
    List<Target.Query> queries = new ArrayList<>();
    List<Behavior> behaviors = new ArrayList<>();
    for (Sent one : sent) {
      for (int i = 0; i < samples && one.prompt().isPresent(); i++) {
        queries.add(
            new Target.Query(key + "/" + one.behavior().id() + "/" + i, one.prompt().get()));
        behaviors.add(one.behavior());
      }
    }
    List<Optional<String>> replies = target.reply(queries);
    List<JudgedReply> judged = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      if (replies.get(i).isPresent()) {
        judged.add(new JudgedReply(queries.get(i).key(), behaviors.get(i), replies.get(i).get()));
      }
    }
    Map<String, List<List<Optional<ReplyLabel>>>> labels = new LinkedHashMap<>();
    for (ReplyJudge judge : judges) {
      List<Optional<ReplyLabel>> said = judge.label(judged);
      labels.put(judge.name(), byBehavior(sent, samples, replies, said));
    }
    return new Recount(labels, queries.size() - judged.size());
  }

  private static List<List<Optional<ReplyLabel>>> byBehavior(
      List<Sent> sent,
      int samples,
      List<Optional<String>> replies,
      List<Optional<ReplyLabel>> said) {
    List<List<Optional<ReplyLabel>>> labels = new ArrayList<>();
    int query = 0;
    int judged = 0;
    for (Sent one : sent) {
      List<Optional<ReplyLabel>> own = new ArrayList<>();
      for (int i = 0; i < samples && one.prompt().isPresent(); i++) {
        own.add(replies.get(query++).isPresent() ? said.get(judged++) : Optional.empty());
      }
      labels.add(List.copyOf(own));
    }
    return labels;
  }

  /** Each behavior's share of replies with that label, of those that have one. */
  List<OptionalDouble> shares(String judge, ReplyLabel label) {
    List<OptionalDouble> shares = new ArrayList<>();
    for (List<Optional<ReplyLabel>> own : of(judge)) {
      List<ReplyLabel> told = own.stream().flatMap(Optional::stream).toList();
      shares.add(told.stream().mapToDouble(one -> one == label ? 1 : 0).average());
    }
    return shares;
  }

  /** How often each label was given; missing ones are not among them. */
  Map<ReplyLabel, Integer> counts(String judge) {
    Map<ReplyLabel, Integer> counts = new EnumMap<>(ReplyLabel.class);
    of(judge).stream()
        .flatMap(List::stream)
        .flatMap(Optional::stream)
        .forEach(label -> counts.merge(label, 1, Integer::sum));
    return counts;
  }

  /** Labels that a judge did not give, or could not. */
  int missing(String judge) {
    return (int) of(judge).stream().flatMap(List::stream).filter(Optional::isEmpty).count();
  }

  private List<List<Optional<ReplyLabel>>> of(String judge) {
    return Objects.requireNonNull(labels.get(judge));
  }
}
