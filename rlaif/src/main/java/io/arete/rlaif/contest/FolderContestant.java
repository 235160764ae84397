package io.arete.rlaif.contest;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.text.ConversationPieces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model on this machine. */
public final class FolderContestant implements Contestant {

  private final ChatModel model;
  private final StackedModel speaker;
  private final ConversationSampler sampler;
  private final CountedRandom draws;

  private FolderContestant(
      ChatModel model, StackedModel speaker, ConversationSampler sampler, CountedRandom draws) {
    this.model = model;
    this.speaker = speaker;
    this.sampler = sampler;
    this.draws = draws;
  }

  /**
   * A contestant.
   *
   * @param model closed with this, or if the adapter does not fit
   * @param adapter a folder over it; empty = the model alone
   * @param maxReplyTokens longest reply
   * @param seed of the draws, which are the same for all contestants
   */
  public static FolderContestant open(
      ChatModel model,
      Optional<Path> adapter,
      Constitution constitution,
      int maxReplyTokens,
      long seed) {
    try {
      StackedModel speaker =
          adapter
              .map(folder -> StackedModel.open(folder, model.decoder()))
              .orElseGet(() -> StackedModel.plain(model.decoder()));
      Map<Facet, Integer> limits = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        limits.put(facet, maxReplyTokens);
      }
      ConversationPieces pieces = new ConversationPieces(model.encoder(), constitution);
      return new FolderContestant(
          model,
          speaker,
          new ConversationSampler(model, pieces, limits, Sampling.plain()),
          CountedRandom.of(seed).at("contest"));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public List<Conversation> talk(List<ContestRequest> requests, int firstPlace) {
    List<ConversationRequest> asked =
        requests.stream()
            .map(
                one ->
                    new ConversationRequest(
                        one.put(), one.asked().id(), one.sample(), Optional.empty()))
            .toList();
    List<Conversation> said = sampler.sample(asked, speaker, draws);
    List<Conversation> named = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      named.add(said.get(i).under(requests.get(i).asked()));
    }
    return named;
  }

  @Override
  public void close() {
    speaker.close();
    model.close();
  }
}
