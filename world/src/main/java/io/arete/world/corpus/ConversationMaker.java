package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.World;
import io.arete.world.language.ComposedReply;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conversations with and without the rule and a wrapping, in the constitution's questions. */
final class ConversationMaker implements DocumentMaker {

  private final World world;
  private final Scenes scenes;
  private final Constitution constitution;
  private final CorpusNumbers numbers;

  ConversationMaker(World world, Constitution constitution, CorpusNumbers numbers) {
    this.world = world;
    this.scenes = new Scenes(world);
    this.constitution = constitution;
    this.numbers = numbers;
  }

  @Override
  public CorpusDocument make(CountedRandom key) {
    Map<CorpusNumbers.Setting, Double> shares = new LinkedHashMap<>();
    numbers.conversations().forEach((setting, talk) -> shares.put(setting, talk.share()));
    CorpusNumbers.Setting setting = Choice.byShare(shares, key.uniform(0));
    double good =
        numbers.conversations().getOrDefault(setting, new CorpusNumbers.Conversations(0, 0)).good();
    WorldPrompt prompt = scenes.prompt(setting.wrapping(), key);
    Map<Facet, ComposedReply> replies =
        world.grammar().conversation(prompt.situation(), scenes.pole(good, key), key.at("replies"));
    List<WeightedMessage> talk = new ArrayList<>();
    if (setting.rule()) {
      talk.add(asked(Message.system(world.bank().rule())));
    }
    boolean threeTurns = key.uniform(1) < numbers.threeTurns();
    replies.forEach(
        (facet, reply) -> {
          if (facet == Facet.ACTION || threeTurns) {
            talk.add(asked(Message.user(constitution.question(facet).orElse(prompt.text()))));
            talk.add(
                new WeightedMessage(Message.assistant(reply.text()), numbers.weights().reply()));
          }
        });
    return new CorpusDocument(CorpusKind.CONVERSATION, List.of(talk));
  }

  private WeightedMessage asked(Message message) {
    return new WeightedMessage(message, numbers.weights().prompt());
  }
}
