package io.arete.rlaif.api;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.chat.Speaker;
import io.arete.engine.chat.Talk;
import io.arete.engine.generate.Sampling;
import io.arete.engine.tensor.Device;
import io.arete.engine.text.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model in memory with which one talks: {@link #say} goes on with the session's own talk, {@link
 * #reply} answers a conversation that the caller keeps. Threads: see the package.
 */
public final class ChatSession implements AutoCloseable {

  private final ChatSettings settings;
  private final Turns turns = new Turns("This chat session");
  private final ChatModel model;
  private final StackedModel stacked;
  private final Speaker speaker;
  private final Speaker.Manner manner;
  private final CountedRandom draws;
  private final Talk talk;

  private ChatSession(ChatSettings settings, ChatModel model, StackedModel stacked) {
    this.settings = settings;
    this.model = model;
    this.stacked = stacked;
    this.speaker =
        new Speaker(
            stacked.decoder(), stacked.adapters(), model.encoder(), model.tokenizer()::decode);
    this.manner = new Speaker.Manner(settings.maxReplyTokens(), settings.sampling(), turns::step);
    this.draws = CountedRandom.of(settings.seed()).at("chat");
    this.talk = new Talk(speaker, settings.system(), manner, draws);
  }

  /**
   * Loads a model folder. The caller closes the session.
   *
   * @throws AreteException if a part of the model is missing, or an adapter does not fit it
   */
  public static ChatSession open(Path model) {
    return open(ChatSettings.of(model));
  }

  /**
   * As the other, with settings.
   *
   * @throws AreteException if a part of the model is missing, or an adapter does not fit it
   */
  public static ChatSession open(ChatSettings settings) {
    ChatModel model = ChatModel.load(settings.model(), settings.dtype(), Device.best());
    try {
      return new ChatSession(settings, model, stack(model, settings.adapters()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static StackedModel stack(ChatModel model, List<Path> folders) {
    List<Adapter> adapters = new ArrayList<>();
    try {
      for (Path folder : folders) {
        adapters.add(AdapterFiles.read(folder, model.decoder().config(), model.decoder().device()));
      }
      return StackedModel.frozen(model.decoder(), new AdapterStack(adapters));
    } finally {
      adapters.forEach(Adapter::close);
    }
  }

  /**
   * The reply to what is said next in this session's talk.
   *
   * @throws AreteException if it would fill the model's context; the talk is as it was before
   * @throws java.util.concurrent.CancellationException if it was cancelled; likewise
   */
  public ChatReply say(String words) {
    return turns.call(() -> told(talk.say(words)));
  }

  /** What was said so far, the system's words included. */
  public List<Message> said() {
    return turns.call(talk::said);
  }

  /** Forgets the talk; the system's words stay. */
  public void forget() {
    turns.call(
        () -> {
          talk.forget();
          return talk;
        });
  }

  /**
   * The reply to a conversation; nothing of it is remembered, and the same conversation gives the
   * same reply: the one that a new session gives to its first words.
   *
   * @param messages with those of the system, if there shall be any; the last is the user's
   * @throws AreteException if they fill the model's context
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public ChatReply reply(List<Message> messages) {
    return reply(messages, manner.maxNewTokens(), manner.sampling());
  }

  /**
   * As the other, in another manner than the session's.
   *
   * @param maxReplyTokens longest reply in tokens, at least 1
   * @param sampling how a token is chosen
   * @throws AreteException if they fill the model's context
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public ChatReply reply(List<Message> messages, int maxReplyTokens, Sampling sampling) {
    Speaker.Manner asked = new Speaker.Manner(maxReplyTokens, sampling, turns::step);
    return turns.call(() -> told(speaker.reply(messages, asked, draws.at(0))));
  }

  /** How replies are made where nothing else is asked. */
  public ChatSettings settings() {
    return settings;
  }

  private ChatReply told(Optional<Speaker.Said> reply) {
    Speaker.Said said =
        reply.orElseThrow(
            () ->
                new AreteException(
                    "The conversation fills the model's context of "
                        + speaker.context()
                        + " tokens; shorten it or begin a new one."));
    return new ChatReply(said.text(), said.cutOff(), said.promptTokens(), said.replyTokens());
  }

  /** Ends the call under way at its next token; the session stays open. */
  public void cancel() {
    turns.cancel();
  }

  /** Ends the call under way and frees the model. */
  @Override
  public void close() {
    turns.close(
        () -> {
          stacked.close();
          model.close();
        });
  }
}
