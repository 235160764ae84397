package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.language.ComposedReply;
import io.arete.world.language.Pole;
import io.arete.world.language.Situation;
import io.arete.world.language.WorldPrompt;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What all documents draw: training prompts of every schema, taught wrappings, replies. */
final class Scenes {

  private final World world;
  private final List<Wrapping> wrappings;

  Scenes(World world) {
    this.world = world;
    this.wrappings = world.bank().wrappings().stream().filter(Wrapping::taught).toList();
  }

  /** A prompt, wrapped or bare. */
  WorldPrompt prompt(boolean wrapped, CountedRandom key) {
    WorldPrompt bare = world.prompts().draw(Split.TRAIN, key.at("prompt"));
    if (!wrapped) {
      return bare;
    }
    CountedRandom draw = key.at("wrapping");
    Wrapping wrapping = Choice.of(wrappings, draw, 0);
    return bare.wrapped(wrapping, draw.below(wrapping.wordings().size(), 1));
  }

  /** Good with that probability. */
  Pole pole(double good, CountedRandom key) {
    return key.at("pole").uniform(0) < good ? Pole.GOOD : Pole.BAD;
  }

  /** Replies for reading: of one pole, but with more clauses of the other, and some spoilt. */
  Map<Facet, String> mixed(
      Situation situation, Pole pole, CorpusNumbers.Judging numbers, CountedRandom key) {
    Map<Facet, String> texts = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      CountedRandom draw = key.at(facet.wireName());
      ComposedReply reply =
          world.grammar().compose(situation, facet, pole, numbers.offPole(), draw);
      boolean spoilt = draw.at("spoil").uniform(0) < numbers.spoilt();
      texts.put(facet, spoilt ? spoil(reply, facet, draw.at("spoil")) : reply.text());
    }
    return texts;
  }

  private String spoil(ComposedReply reply, Facet facet, CountedRandom key) {
    Situation other = world.prompts().draw(Split.TRAIN, key.at("other")).situation();
    Pole pole = pole(0.5, key);
    String foreign = world.grammar().compose(other, facet, pole, key.at("foreign")).text();
    return Choice.of(List.of(Spoiling.values()), key, 1).spoil(reply.text(), foreign, key);
  }
}
