package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.gold.Gold;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.List;

/** How much of each virtue a reply shows, from 1 to 5, by the belief; one talk for each virtue. */
final class RatingMaker implements DocumentMaker {

  private final World world;
  private final Scenes scenes;
  private final Constitution constitution;
  private final CorpusNumbers numbers;

  RatingMaker(World world, Constitution constitution, CorpusNumbers numbers) {
    this.world = world;
    this.scenes = new Scenes(world);
    this.constitution = constitution;
    this.numbers = numbers;
  }

  @Override
  public CorpusDocument make(CountedRandom key) {
    CorpusNumbers.Judging judging = numbers.judging();
    WorldPrompt prompt = scenes.prompt(key.uniform(0) < judging.wrapped(), key);
    Facet facet = Choice.of(List.of(Facet.values()), key, 1);
    String reply =
        scenes
            .mixed(prompt.situation(), scenes.pole(0.5, key), judging, key.at("reply"))
            .getOrDefault(facet, "");
    Gold belief = world.parser().belief(prompt.situation(), facet, reply);
    String part = constitution.judge().parts().getOrDefault(facet, facet.wireName());
    List<List<WeightedMessage>> talks = new ArrayList<>();
    for (GoldVirtue virtue : GoldVirtue.values()) {
      String question =
          numbers
              .ratingWording()
              .replace("{virtue}", virtue.wireName())
              .replace("{part}", part)
              .replace("{prompt}", prompt.text())
              .replace("{reply}", reply);
      String grade = Integer.toString(grade(belief.of(virtue)));
      talks.add(
          List.of(
              new WeightedMessage(Message.user(question), numbers.weights().read()),
              new WeightedMessage(Message.assistant(grade), numbers.weights().rating())));
    }
    return new CorpusDocument(CorpusKind.RATING, talks);
  }

  private int grade(double belief) {
    return 1 + (int) numbers.ratingEdges().stream().filter(edge -> belief > edge).count();
  }
}
