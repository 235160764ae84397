package io.arete.rlaif.attack.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What attacks took, and what went wrong in them.
 *
 * @param targetQueries prompts that the target was sent
 * @param attackerQueries prompts that an attacker was asked for, repetitions included
 * @param judgeQueries questions to the steering judge
 * @param malformed answers of the attacker without a prompt in them
 * @param unanswered prompts to which the target gave no reply, or the attacker none
 * @param unscored replies whose score could not be read
 * @param offTopic prompts that were cut off before they were sent
 * @param deadStreams conversations with the attacker that ended for want of a prompt
 */
public record AttackTally(
    int targetQueries,
    int attackerQueries,
    int judgeQueries,
    int malformed,
    int unanswered,
    int unscored,
    int offTopic,
    int deadStreams) {

  /** Nothing yet. */
  public static final AttackTally NOTHING = new AttackTally(0, 0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public AttackTally plus(AttackTally other) {
    return new AttackTally(
        targetQueries + other.targetQueries,
        attackerQueries + other.attackerQueries,
        judgeQueries + other.judgeQueries,
        malformed + other.malformed,
        unanswered + other.unanswered,
        unscored + other.unscored,
        offTopic + other.offTopic,
        deadStreams + other.deadStreams);
  }

  /** A prompt that was sent to the target, and whether it replied. */
  public static AttackTally sent(boolean answered) {
    return new AttackTally(1, 0, 0, 0, answered ? 0 : 1, 0, 0, 0);
  }

  /** A reply that was scored, and whether the score could be read. */
  public static AttackTally scored(boolean read) {
    return new AttackTally(0, 0, 1, 0, 0, read ? 0 : 1, 0, 0);
  }

  /** All figures as one object. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("target_queries", targetQueries)
        .put("attacker_queries", attackerQueries)
        .put("judge_queries", judgeQueries)
        .put("malformed", malformed)
        .put("unanswered", unanswered)
        .put("unscored", unscored)
        .put("off_topic", offTopic)
        .put("dead_streams", deadStreams);
  }
}
