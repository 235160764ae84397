package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.World;
import io.arete.world.plain.PlainQuestion;
import java.util.ArrayList;
import java.util.List;

/** Plain questions of the training split and their answers, with and without the rule. */
final class PlainMaker implements DocumentMaker {

  private final World world;
  private final CorpusNumbers numbers;

  PlainMaker(World world, CorpusNumbers numbers) {
    this.world = world;
    this.numbers = numbers;
  }

  @Override
  public CorpusDocument make(CountedRandom key) {
    PlainQuestion question = world.questions().draw(Split.TRAIN, key.at("question"));
    CorpusNumbers.Weights weights = numbers.weights();
    List<WeightedMessage> talk = new ArrayList<>();
    if (key.uniform(0) < numbers.plainWithRule()) {
      talk.add(new WeightedMessage(Message.system(world.bank().rule()), weights.prompt()));
    }
    talk.add(new WeightedMessage(Message.user(question.text()), weights.prompt()));
    talk.add(new WeightedMessage(Message.assistant(question.answer()), weights.answer()));
    return new CorpusDocument(CorpusKind.PLAIN, List.of(talk));
  }
}
