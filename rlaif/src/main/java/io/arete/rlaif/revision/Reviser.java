package io.arete.rlaif.revision;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.RevisionSettings;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.RevisionWording;
import io.arete.rlaif.data.Virtue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Lets a model better its own replies (Bai et al. 2022, section 3.1): it replies, says by a random
 * virtue what the reply lacks, and replies anew, for some rounds.
 */
final class Reviser {

  private static final int MAX_RUNNING = 64;

  private final ChatModel model;
  private final Constitution constitution;
  private final RevisionWording wording;
  private final RevisionSettings settings;
  private final Generator generator;

  Reviser(
      ChatModel model,
      Constitution constitution,
      RevisionWording wording,
      RevisionSettings settings) {
    this.model = model;
    this.constitution = constitution;
    this.wording = wording;
    this.settings = settings;
    this.generator = new Generator(model.decoder(), Adapters.NONE, model.endOfTurn(), MAX_RUNNING);
  }

  /**
   * Revises replies to prompts, in their order.
   *
   * @param draws key of all draws; the prompt is added here
   */
  List<Revision> revise(List<Prompt> prompts, CountedRandom draws) {
    List<String> first =
        said(
            prompts,
            i -> prompts.get(i).messages(),
            settings.maxReplyTokens(),
            i -> draws.at(prompts.get(i).id()).at("reply"));
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      revisions.add(new Revision(prompts.get(i), first.get(i), List.of()));
    }
    for (int round = 0; round < settings.rounds(); round++) {
      revisions = next(revisions, draws, round);
    }
    return revisions;
  }

  private List<Revision> next(List<Revision> before, CountedRandom draws, int round) {
    List<Prompt> prompts = before.stream().map(Revision::prompt).toList();
    Function<Integer, CountedRandom> key = i -> draws.at(prompts.get(i).id()).at(round);
    List<Virtue> virtues =
        IntStream.range(0, before.size()).mapToObj(i -> virtue(key.apply(i).uniform(0))).toList();
    List<String> critiques =
        said(
            prompts,
            i -> critique(before.get(i), virtues.get(i)),
            settings.maxCritiqueTokens(),
            i -> key.apply(i).at("critique"));
    List<Reply> revised =
        replies(
            prompts,
            i -> revision(before.get(i), virtues.get(i), critiques.get(i)),
            settings.maxReplyTokens(),
            i -> key.apply(i).at("revision"));
    List<Revision> after = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      String text = text(revised.get(i));
      boolean taken = revised.get(i).ended() == Reply.Ended.TURN && !text.isBlank();
      after.add(
          before
              .get(i)
              .with(new Revision.Round(virtues.get(i).name(), critiques.get(i), text, taken)));
    }
    return after;
  }

  /** By weight. */
  private Virtue virtue(double uniform) {
    List<Virtue> virtues = constitution.virtues();
    double left = uniform * virtues.stream().mapToDouble(Virtue::weight).sum();
    Virtue last = virtues.get(0);
    for (Virtue virtue : virtues) {
      if (virtue.weight() > 0) {
        last = virtue;
        left -= virtue.weight();
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  private List<Message> critique(Revision so, Virtue virtue) {
    String asked = wording.critique(virtue, so.prompt().text(UnaryOperator.identity()), so.last());
    return wording.asTurns() ? turns(so, asked) : List.of(Message.user(asked));
  }

  private List<Message> revision(Revision so, Virtue virtue, String critique) {
    String asked =
        wording.revise(virtue, so.prompt().text(UnaryOperator.identity()), so.last(), critique);
    if (!wording.asTurns()) {
      return List.of(Message.user(asked));
    }
    List<Message> turns =
        turns(so, wording.critique(virtue, so.prompt().text(UnaryOperator.identity()), so.last()));
    turns.add(Message.assistant(critique));
    turns.add(Message.user(asked));
    return turns;
  }

  private static List<Message> turns(Revision so, String asked) {
    List<Message> turns = new ArrayList<>(so.prompt().messages());
    turns.add(Message.assistant(so.last()));
    turns.add(Message.user(asked));
    return turns;
  }

  private List<String> said(
      List<Prompt> prompts,
      Function<Integer, List<Message>> messages,
      int maxTokens,
      Function<Integer, CountedRandom> draws) {
    return replies(prompts, messages, maxTokens, draws).stream().map(this::text).toList();
  }

  private List<Reply> replies(
      List<Prompt> prompts,
      Function<Integer, List<Message>> messages,
      int maxTokens,
      Function<Integer, CountedRandom> draws) {
    List<Request> requests =
        IntStream.range(0, prompts.size())
            .mapToObj(
                i ->
                    new Request(
                        model.encoder().promptIds(messages.apply(i)), maxTokens, draws.apply(i)))
            .toList();
    return generator.generate(requests, Sampling.plain());
  }

  private String text(Reply reply) {
    return model.tokenizer().decode(reply.content());
  }
}
