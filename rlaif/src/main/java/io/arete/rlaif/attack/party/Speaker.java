package io.arete.rlaif.attack.party;

import java.util.List;
import java.util.Optional;

/** Somebody who replies. */
public interface Speaker extends AutoCloseable {

  /**
   * Replies, in the order of the speeches; empty where there is none, because the conversation is
   * longer than this speaker can read, or because nothing came however often it was asked.
   */
  List<Optional<String>> say(List<Speech> speeches, Manner manner);

  @Override
  void close();
}
