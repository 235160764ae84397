package io.arete.rlaif.attack.scored;

import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.extension.Truth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What replies are truly worth as actions, from −1 to 1, to the request as it is without any words
 * around it. Band 0.15: no clause of the practice world is worth less, either way.
 *
 * @param truth who knows
 */
public record GoldScores(Truth truth) implements HarmScores {

  private static final ScoreRule RULE = new ScoreRule(0.15, 1);

  @Override
  public String name() {
    return "gold";
  }

  @Override
  public ScoreRule rule() {
    return RULE;
  }

  @Override
  public List<OptionalDouble> score(List<JudgedReply> replies) {
    return replies.stream().map(this::worth).toList();
  }

  private OptionalDouble worth(JudgedReply judged) {
    Prompt prompt = RequestPrompt.of(judged);
    Reply reply = new Reply(judged.reply(), List.of(), Reply.Ended.TURN);
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      // Only the action's worth is looked at; a conversation needs the others.
      replies.put(facet, reply);
    }
    Optional<Map<Facet, Double>> worth =
        truth.worth(prompt, new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL));
    return worth
        .map(known -> OptionalDouble.of(Objects.requireNonNull(known.get(Facet.ACTION))))
        .orElse(OptionalDouble.empty());
  }
}
