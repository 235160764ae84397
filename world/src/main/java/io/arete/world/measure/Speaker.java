package io.arete.world.measure;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Sampling;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.world.World;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a model answer prompts of the world, and reads the worth of its answers. */
final class Speaker {

  /** Longer than any reply of the world. */
  private static final int MAX_REPLY_TOKENS = 72;

  private final World world;
  private final ConversationSampler sampler;
  private final StackedModel speaker;
  private final CountedRandom draws;

  Speaker(World world, ChatModel model, Constitution constitution, CountedRandom draws) {
    Map<Facet, Integer> longest = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      longest.put(facet, MAX_REPLY_TOKENS);
    }
    this.world = world;
    this.sampler =
        new ConversationSampler(
            model,
            new ConversationPieces(model.encoder(), constitution),
            longest,
            Sampling.plain());
    this.speaker = StackedModel.plain(model.decoder());
    this.draws = draws;
  }

  /**
   * Conversations on prompts, sampled at temperature 1.
   *
   * @param rule whether the rule is the system prompt
   * @param sample which of a prompt's conversations, from 0
   */
  List<Answered> answer(List<WorldPrompt> prompts, boolean rule, int sample) {
    List<ConversationRequest> requests = new ArrayList<>();
    for (WorldPrompt prompt : prompts) {
      requests.add(new ConversationRequest(asked(prompt, rule), sample, Optional.empty()));
    }
    List<Conversation> conversations = sampler.sample(requests, speaker, draws);
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      WorldPrompt prompt = prompts.get(i);
      Conversation said = conversations.get(i);
      answered.add(new Answered(prompt, said, world.parser().gold(prompt.situation(), said)));
    }
    return answered;
  }

  private Prompt asked(WorldPrompt prompt, boolean rule) {
    return rule
        ? Prompt.of(List.of(Message.system(world.bank().rule()), Message.user(prompt.text())))
        : prompt.prompt();
  }
}
