package io.arete.rlaif.attack.party;

import io.arete.rlaif.stage.StageListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A speaker all of whose replies are kept, and who is never asked again what it replied to. */
public final class RecordedSpeaker implements Speaker {

  /** A kill loses at most so many replies. */
  private static final int AT_ONCE = 128;

  private final String role;
  private final Speaker speaker;
  private final SpeechLog log;
  private final StageListener listener;

  /**
   * A speaker in a role.
   *
   * @param role what the log calls it; speakers with one role must be one
   * @param speaker closed with this
   * @param log borrowed
   * @param listener told of replies that are waited for
   */
  public RecordedSpeaker(String role, Speaker speaker, SpeechLog log, StageListener listener) {
    this.role = role;
    this.speaker = speaker;
    this.log = log;
    this.listener = listener;
  }

  @Override
  public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
    List<String> digests =
        speeches.stream().map(speech -> SpeechLog.digest(role, speech, manner)).toList();
    Map<String, Speech> open = new LinkedHashMap<>();
    for (int i = 0; i < digests.size(); i++) {
      if (log.reply(digests.get(i)).isEmpty()) {
        open.put(digests.get(i), speeches.get(i));
      }
    }
    List<Speech> asked = new ArrayList<>(open.values());
    List<String> names = new ArrayList<>(open.keySet());
    if (!asked.isEmpty()) {
      listener.begin(role, "replies", speeches.size());
      listener.skip(speeches.size() - asked.size());
    }
    for (int from = 0; from < asked.size(); from += AT_ONCE) {
      int end = Math.min(asked.size(), from + AT_ONCE);
      List<Speech> some = asked.subList(from, end);
      log.add(role, some, names.subList(from, end), speaker.say(some, manner));
      listener.advance(some.size());
    }
    return digests.stream().map(log::reply).toList();
  }

  @Override
  public void close() {
    speaker.close();
  }
}
