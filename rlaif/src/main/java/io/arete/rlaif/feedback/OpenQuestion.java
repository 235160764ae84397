package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import java.util.List;
import java.util.Optional;

/**
 * A question to a judge behind a server, up to where it answers.
 *
 * @param messages what is sent; empty if nothing is, since there would be no answer
 * @param rationale that the judge wrote, if it reasons
 * @param tooLong whether it is longer than the judge can read
 */
record OpenQuestion(Optional<List<Message>> messages, Optional<String> rationale, boolean tooLong) {

  /** A question that is answered at once. */
  static OpenQuestion of(List<Message> messages) {
    return new OpenQuestion(Optional.of(messages), Optional.empty(), false);
  }

  /** A question that is answered behind a rationale. */
  static OpenQuestion of(List<Message> messages, String rationale) {
    return new OpenQuestion(Optional.of(messages), Optional.of(rationale), false);
  }

  /** A question to which the judge wrote nothing: no answer of it could be said to be reasoned. */
  static OpenQuestion silent() {
    return new OpenQuestion(Optional.empty(), Optional.of(""), false);
  }

  /** A question that the judge cannot read. */
  static OpenQuestion unread() {
    return new OpenQuestion(Optional.empty(), Optional.of(""), true);
  }
}
