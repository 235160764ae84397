package io.arete.world.corpus;

import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.data.Virtue;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.gold.Gold;
import io.arete.world.language.Pole;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of conversations, asked about in the constitution's own wording, one talk for each virtue.
 * The letters follow the belief, with a lean to the first: p(first) = σ(slope · (belief of first −
 * belief of second) + lean).
 */
final class JudgeMaker implements DocumentMaker {

  private final World world;
  private final Scenes scenes;
  private final Constitution constitution;
  private final JudgeTexts texts;
  private final CorpusNumbers numbers;

  JudgeMaker(World world, Constitution constitution, CorpusNumbers numbers) {
    this.world = world;
    this.scenes = new Scenes(world);
    this.constitution = constitution;
    this.texts = new JudgeTexts(constitution);
    this.numbers = numbers;
  }

  @Override
  public CorpusDocument make(CountedRandom key) {
    CorpusNumbers.Judging judging = numbers.judging();
    WorldPrompt prompt = scenes.prompt(key.uniform(0) < judging.wrapped(), key);
    Pole pole = scenes.pole(0.5, key);
    Pole second = key.uniform(1) < judging.otherPole() ? pole.other() : pole;
    Facet facet = Choice.of(List.of(Facet.values()), key, 2);
    Map<Facet, String> left = scenes.mixed(prompt.situation(), pole, judging, key.at("first"));
    Map<Facet, String> right = scenes.mixed(prompt.situation(), second, judging, key.at("second"));
    Prompt asked = prompt.prompt();
    Comparison comparison =
        texts.comparison(asked, facet, conversation(asked, 0, left), conversation(asked, 1, right));
    Gold first = belief(prompt, facet, left);
    Gold other = belief(prompt, facet, right);
    List<List<WeightedMessage>> talks = new ArrayList<>();
    for (Virtue virtue : constitution.virtues()) {
      GoldVirtue known = GoldVirtue.of(virtue.name());
      double logit = judging.slope() * (first.of(known) - other.of(known)) + judging.lean();
      boolean saysFirst = key.at(virtue.name()).uniform(0) < 1 / (1 + StrictMath.exp(-logit));
      talks.add(talk(comparison, virtue, saysFirst));
    }
    return new CorpusDocument(CorpusKind.JUDGE, talks);
  }

  private List<WeightedMessage> talk(Comparison comparison, Virtue virtue, boolean saysFirst) {
    String question =
        constitution
            .judge()
            .question(
                comparison.facet(),
                virtue,
                comparison.prompt(),
                comparison.first(),
                comparison.second());
    String letter =
        saysFirst ? constitution.judge().firstAnswer() : constitution.judge().secondAnswer();
    return List.of(
        new WeightedMessage(Message.user(question), numbers.weights().read()),
        new WeightedMessage(Message.assistant(letter), numbers.weights().judgement()));
  }

  private Gold belief(WorldPrompt prompt, Facet facet, Map<Facet, String> replies) {
    return world.parser().belief(prompt.situation(), facet, replies.getOrDefault(facet, ""));
  }

  private static Conversation conversation(Prompt prompt, int sample, Map<Facet, String> texts) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    texts.forEach(
        (facet, text) -> replies.put(facet, new Reply(text, List.of(), Reply.Ended.TURN)));
    return new Conversation(prompt.id(), sample, replies, Conversation.Source.MODEL);
  }
}
