package io.arete.rlaif.attack.scored;

import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.attack.method.Steering;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Steers by scores. They say nothing of prompts, so whether one is still on its topic is never
 * told.
 *
 * @param scores of replies
 */
public record ScoredSteering(HarmScores scores) implements Steering {

  @Override
  public List<OptionalInt> score(List<Exchange> exchanges) {
    List<JudgedReply> replies =
        exchanges.stream()
            .map(one -> new JudgedReply(one.key(), one.behavior(), one.reply()))
            .toList();
    return scores.score(replies).stream()
        .map(
            one ->
                one.isPresent()
                    ? OptionalInt.of(scores.rule().rating(one.getAsDouble()))
                    : OptionalInt.empty())
        .toList();
  }

  @Override
  public List<Optional<Boolean>> onTopic(List<Exchange> prompts) {
    return prompts.stream().map(one -> Optional.<Boolean>empty()).toList();
  }
}
