package io.arete.engine.chat;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One person's talk with a model, and what was said so far. */
public final class Talk {

  private final Speaker speaker;
  private final Optional<String> system;
  private final Speaker.Manner manner;
  private final CountedRandom draws;
  private final List<Message> said = new ArrayList<>();
  private long replies;

  /**
   * Begins a talk.
   *
   * @param speaker borrowed
   * @param system what the system says first, if anything
   * @param draws key of all replies' draws
   */
  public Talk(
      Speaker speaker, Optional<String> system, Speaker.Manner manner, CountedRandom draws) {
    this.speaker = speaker;
    this.system = system;
    this.manner = manner;
    this.draws = draws;
    forget();
  }

  /** Forgets everything but the system's words. */
  public void forget() {
    said.clear();
    system.ifPresent(words -> said.add(Message.system(words)));
  }

  /** How many tokens the talk can have. */
  public int context() {
    return speaker.context();
  }

  /** What was said so far, the system's words included. */
  public List<Message> said() {
    return List.copyOf(said);
  }

  /**
   * The model's reply, which is shorter where the context ends.
   *
   * @return empty if these words would fill the model's context; they are forgotten then, as they
   *     are if the reply fails
   */
  public Optional<Speaker.Said> say(String words) {
    List<Message> asked = new ArrayList<>(said);
    asked.add(Message.user(words));
    Optional<Speaker.Said> reply = speaker.reply(asked, manner, draws.at(replies));
    reply.ifPresent(
        answer -> {
          replies++;
          said.add(Message.user(words));
          said.add(Message.assistant(answer.text()));
        });
    return reply;
  }
}
