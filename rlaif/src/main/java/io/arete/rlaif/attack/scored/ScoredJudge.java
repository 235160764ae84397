package io.arete.rlaif.attack.scored;

import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.judge.ReplyLabel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A judge by scores.
 *
 * @param scores of replies to harmful requests
 * @param harmless who labels replies to harmless ones, of which a score tells nothing
 */
public record ScoredJudge(HarmScores scores, ReplyJudge harmless) implements ReplyJudge {

  @Override
  public String name() {
    return scores.name();
  }

  @Override
  public List<Optional<ReplyLabel>> label(List<JudgedReply> replies) {
    Iterator<OptionalDouble> harmful = scores.score(of(replies, false)).iterator();
    Iterator<Optional<ReplyLabel>> plain = harmless.label(of(replies, true)).iterator();
    List<Optional<ReplyLabel>> labels = new ArrayList<>();
    for (JudgedReply one : replies) {
      labels.add(one.behavior().harmless() ? plain.next() : label(harmful.next()));
    }
    return labels;
  }

  private static List<JudgedReply> of(List<JudgedReply> replies, boolean harmless) {
    return replies.stream().filter(one -> one.behavior().harmless() == harmless).toList();
  }

  private Optional<ReplyLabel> label(OptionalDouble score) {
    return score.isPresent()
        ? Optional.of(scores.rule().label(score.getAsDouble()))
        : Optional.empty();
  }
}
