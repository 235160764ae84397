package io.arete.cli;

import io.arete.engine.CountedRandom;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One person's talk with a model, and what was said so far. */
final class Talk {

  private final LoadedModel model;
  private final Adapters adapters;
  private final ConversationEncoder encoder;
  private final @Nullable String system;
  private final int maxNewTokens;
  private final Sampling sampling;
  private final CountedRandom draws;
  private final List<Message> said = new ArrayList<>();
  private long replies;

  /**
   * Begins a talk.
   *
   * @param adapters what speaks on top of the model
   * @param system what the system says first, if anything
   * @throws io.arete.engine.AreteException if the model has no tokenizer or chat template
   */
  Talk(
      LoadedModel model,
      Adapters adapters,
      @Nullable String system,
      int maxNewTokens,
      Sampling sampling,
      CountedRandom draws) {
    this.model = model;
    this.adapters = adapters;
    this.encoder = model.encoder().conversations();
    this.system = system;
    this.maxNewTokens = maxNewTokens;
    this.sampling = sampling;
    this.draws = draws;
    forget();
  }

  /**
   * What came of a person's words.
   *
   * @param text the reply, unless there was no room for one
   * @param note what the person should know about it
   */
  record Answer(Optional<String> text, Optional<String> note) {}

  /** Forgets everything but the system's words. */
  void forget() {
    said.clear();
    if (system != null) {
      said.add(Message.system(system));
    }
  }

  /** The model's reply, which is shorter where the context ends. */
  Answer say(String words) {
    said.add(Message.user(words));
    int[] prompt = encoder.promptIds(said);
    int context = model.decoder().config().maxPositions();
    int room = Math.min(maxNewTokens, context - prompt.length);
    if (room < 1) {
      said.remove(said.size() - 1);
      return new Answer(
          Optional.empty(),
          Optional.of(
              "(that would fill the model's context of %d tokens; type /new to begin anew)"
                  .formatted(context)));
    }
    Reply reply = generate(new Request(prompt, room, draws.at(replies++)));
    String text = model.encoder().decode(reply.content()).orElseThrow();
    said.add(Message.assistant(text));
    return new Answer(
        Optional.of(text),
        reply.ended() == Reply.Ended.LENGTH
            ? Optional.of("(cut off after %d tokens)".formatted(reply.ids().length))
            : Optional.empty());
  }

  private Reply generate(Request request) {
    Generator generator =
        new Generator(model.decoder(), adapters, Set.of(encoder.endOfTurnId()), 1);
    return generator.generate(List.of(request), sampling).get(0);
  }
}
