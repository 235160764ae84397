package io.arete.rlaif.contest;

import io.arete.rlaif.data.Conversation;
import java.util.List;

/** A system that talks. */
public interface Contestant extends AutoCloseable {

  /**
   * Conversations, in the order of the requests.
   *
   * @param firstPlace of the first of them among all that this system has
   */
  List<Conversation> talk(List<ContestRequest> requests, int firstPlace);

  @Override
  void close();
}
