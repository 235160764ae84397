package io.arete.rlaif.attack.party;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A speaker all of whose replies are kept, and who is never asked the same again. */
public final class RecordedSpeaker implements Speaker {

  private final String role;
  private final Speaker speaker;
  private final SpeechLog log;

  /**
   * A speaker in a role.
   *
   * @param role what the log calls it; speakers with one role must be one
   * @param speaker closed with this
   * @param log borrowed
   */
  public RecordedSpeaker(String role, Speaker speaker, SpeechLog log) {
    this.role = role;
    this.speaker = speaker;
    this.log = log;
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
    if (!open.isEmpty()) {
      List<Speech> asked = new ArrayList<>(open.values());
      log.add(role, asked, new ArrayList<>(open.keySet()), speaker.say(asked, manner));
    }
    return digests.stream().map(digest -> log.reply(digest).orElseThrow()).toList();
  }

  @Override
  public void close() {
    speaker.close();
  }
}
