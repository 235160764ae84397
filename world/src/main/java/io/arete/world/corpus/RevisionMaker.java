package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.gold.Gold;
import io.arete.world.language.Pole;
import io.arete.world.language.WorldPrompt;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A poor answer, which two virtues it lacks most by the belief, and a better answer. */
final class RevisionMaker implements DocumentMaker {

  private final World world;
  private final Scenes scenes;
  private final CorpusNumbers numbers;

  RevisionMaker(World world, CorpusNumbers numbers) {
    this.world = world;
    this.scenes = new Scenes(world);
    this.numbers = numbers;
  }

  @Override
  public CorpusDocument make(CountedRandom key) {
    WorldPrompt prompt = scenes.prompt(key.uniform(0) < numbers.judging().wrapped(), key);
    String poor = reply(prompt, Pole.BAD, key.at("poor"));
    String better = reply(prompt, Pole.GOOD, key.at("better"));
    Gold belief = world.parser().belief(prompt.situation(), Facet.ACTION, poor);
    List<GoldVirtue> least =
        Arrays.stream(GoldVirtue.values())
            .sorted(Comparator.comparingDouble(belief::of))
            .limit(2)
            .toList();
    List<String> critiques = numbers.revision().critiques();
    String critique =
        Choice.of(critiques, key, 1)
            .replace("{first}", least.get(0).wireName())
            .replace("{second}", least.get(1).wireName());
    CorpusNumbers.Weights weights = numbers.weights();
    return new CorpusDocument(
        CorpusKind.REVISION,
        List.of(
            List.of(
                new WeightedMessage(Message.user(prompt.text()), weights.prompt()),
                new WeightedMessage(Message.assistant(poor), weights.read()),
                new WeightedMessage(
                    Message.user(numbers.revision().askCritique()), weights.prompt()),
                new WeightedMessage(Message.assistant(critique), weights.reply()),
                new WeightedMessage(
                    Message.user(numbers.revision().askRevision()), weights.prompt()),
                new WeightedMessage(Message.assistant(better), weights.reply()))));
  }

  private String reply(WorldPrompt prompt, Pole pole, CountedRandom key) {
    return world.grammar().compose(prompt.situation(), Facet.ACTION, pole, key).text();
  }
}
