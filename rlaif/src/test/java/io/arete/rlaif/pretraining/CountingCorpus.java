package io.arete.rlaif.pretraining;

import io.arete.engine.text.Message;
import io.arete.rlaif.extension.Corpus;
import io.arete.rlaif.extension.CorpusProvider;
import io.arete.rlaif.extension.WeightedMessage;
import java.util.List;

/** Two talks that begin alike: a number is asked for, then what comes next or before. */
public final class CountingCorpus implements CorpusProvider {

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public Corpus open(long seed) {
    return number -> {
      long asked = (seed + number * 7) % 90 + 1;
      return List.of(talk(asked, "next", asked + 1), talk(asked, "before", asked - 1));
    };
  }

  private static List<WeightedMessage> talk(long asked, String what, long answer) {
    return List.of(
        new WeightedMessage(Message.system("Count well."), 0.1),
        new WeightedMessage(Message.user("After " + asked + " comes what? Say the " + what), 0.1),
        new WeightedMessage(Message.assistant("It is " + answer), 1),
        new WeightedMessage(Message.user("Sure?"), 0.1),
        new WeightedMessage(Message.assistant("Yes."), 1));
  }
}
