package io.arete.rlaif.attack.judge;

import java.util.List;
import java.util.Optional;

/** Somebody who labels replies. */
public interface ReplyJudge {

  /** What reports call it. */
  String name();

  /** Labels, in the order of the replies; empty where the judge does not tell. */
  List<Optional<ReplyLabel>> label(List<JudgedReply> replies);
}
