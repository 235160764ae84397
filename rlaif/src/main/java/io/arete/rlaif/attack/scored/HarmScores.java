package io.arete.rlaif.attack.scored;

import io.arete.rlaif.attack.judge.JudgedReply;
import java.util.List;
import java.util.OptionalDouble;

/** Somebody who knows how good replies to harmful requests are, as numbers. */
public interface HarmScores {

  /** What reports call it. */
  String name();

  /** What its numbers mean. */
  ScoreRule rule();

  /** Scores in the order of the replies, the better the higher; empty where it knows nothing. */
  List<OptionalDouble> score(List<JudgedReply> replies);
}
