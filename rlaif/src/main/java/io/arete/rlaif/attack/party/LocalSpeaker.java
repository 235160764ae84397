package io.arete.rlaif.attack.party;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A model on this machine. */
public final class LocalSpeaker implements Speaker {

  private static final int MAX_RUNNING = 64;

  private final ChatModel model;
  private final Generator generator;
  private final CountedRandom draws;
  private final boolean owning;

  private LocalSpeaker(ChatModel model, StackedModel stack, CountedRandom draws, boolean owning) {
    this.model = model;
    this.generator =
        new Generator(stack.decoder(), stack.adapters(), model.endOfTurn(), MAX_RUNNING);
    this.draws = draws;
    this.owning = owning;
  }

  /**
   * A speaker over a model that others use, too.
   *
   * @param model its tokenizer and template, borrowed
   * @param stack whose weights speak, borrowed
   * @param draws key of all draws; a speech's own key is added
   */
  public static LocalSpeaker over(ChatModel model, StackedModel stack, CountedRandom draws) {
    return new LocalSpeaker(model, stack, draws, false);
  }

  /** A speaker with its model, which is closed with it. */
  public static LocalSpeaker owning(ChatModel model, CountedRandom draws) {
    return new LocalSpeaker(model, StackedModel.plain(model.decoder()), draws, true);
  }

  @Override
  public List<Optional<String>> say(List<Speech> speeches, Manner manner) {
    List<Optional<String>> said =
        new ArrayList<>(Collections.nCopies(speeches.size(), Optional.empty()));
    int longest = model.decoder().config().maxPositions() - manner.mostTokens();
    List<Integer> places = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < speeches.size(); i++) {
      int[] ids = prompt(speeches.get(i));
      if (ids.length <= longest) {
        places.add(i);
        requests.add(new Request(ids, manner.mostTokens(), draws.at(speeches.get(i).key())));
      }
    }
    Sampling sampling =
        manner.temperature() == 0
            ? new Sampling.Greedy()
            : new Sampling.Random(manner.temperature(), 1, 0);
    Iterator<Reply> replies = generator.generate(requests, sampling).iterator();
    for (int place : places) {
      said.set(place, Optional.of(speeches.get(place).begun() + text(replies.next())));
    }
    return said;
  }

  private int[] prompt(Speech speech) {
    return Ids.concat(
        model.encoder().promptIds(speech.messages()),
        model.tokenizer().encodePlain(speech.begun()));
  }

  /** What a model writes is text: it ends where it would open a turn by a special token. */
  private String text(Reply reply) {
    int[] ids = reply.content();
    for (int i = 0; i < ids.length; i++) {
      if (model.tokenizer().isSpecial(ids[i])) {
        return model.tokenizer().decode(Arrays.copyOf(ids, i));
      }
    }
    return model.tokenizer().decode(ids);
  }

  @Override
  public void close() {
    if (owning) {
      model.close();
    }
  }
}
