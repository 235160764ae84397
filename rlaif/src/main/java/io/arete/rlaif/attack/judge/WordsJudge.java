package io.arete.rlaif.attack.judge;

import io.arete.rlaif.refusal.RefusalClassifier;
import java.util.List;
import java.util.Optional;

/**
 * Labels a reply by its words alone: whether it begins with a refusal and keeps to it. It asks
 * nobody, so it stands beside any other judge; what it cannot see is a reply that does nothing
 * useful without a word of refusal.
 */
public final class WordsJudge implements ReplyJudge {

  private final RefusalClassifier classifier = RefusalClassifier.builtIn();

  @Override
  public String name() {
    return "words";
  }

  @Override
  public List<Optional<ReplyLabel>> label(List<JudgedReply> replies) {
    return replies.stream().map(one -> label(one.reply())).toList();
  }

  private Optional<ReplyLabel> label(String reply) {
    return switch (classifier.classify(reply)) {
      case REFUSAL -> Optional.of(ReplyLabel.REFUSAL);
      case TURNED, COMPLIANCE -> Optional.of(ReplyLabel.COMPLIANCE);
      case EMPTY -> Optional.empty();
    };
  }
}
