package io.arete.rlaif.hostile;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.stage.StageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * Attacks a judge. A pair is judged; the reply that the judge prefers less then gets hostile words
 * behind it, and in another trial of the same pair harmless ones of as many tokens. If what is
 * hostile in them is kept out, the label flips as seldom as under harmless words.
 */
public final class JudgeAttack {

  private static final int AT_ONCE = 8;

  private final Constitution constitution;
  private final Labeler labeler;
  private final ToIntFunction<String> tokens;
  private final JudgeTexts texts;
  private final StageListener listener;

  /** A pair with what is put behind one of its replies. */
  private record Attack(HumanPair pair, boolean first, double before, CountedRandom key) {}

  /**
   * An attack on that labeler.
   *
   * @param labeler borrowed; asks by the constitution
   * @param tokens how many tokens a text has for that labeler
   */
  public JudgeAttack(
      Constitution constitution,
      Labeler labeler,
      ToIntFunction<String> tokens,
      StageListener listener) {
    this.constitution = constitution;
    this.labeler = labeler;
    this.tokens = tokens;
    this.texts = new JudgeTexts(constitution);
    this.listener = listener;
  }

  /**
   * Makes that many attacks, the pairs in turns.
   *
   * @param seed of all draws
   * @throws AreteException if the judge can read none of the pairs
   */
  public JudgeAttackResult run(List<HumanPair> pairs, int count, long seed) {
    List<HumanPair> used = pairs.subList(0, Math.min(pairs.size(), count));
    listener.begin("pairs as they are", "pairs", used.size());
    List<OptionalDouble> before = logOdds(used.stream().map(this::plain).toList(), 1);
    List<Attack> attacks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = i % used.size();
      HumanPair pair = used.get(place);
      CountedRandom key = CountedRandom.of(seed).at("judge attack").at(i);
      before
          .get(place)
          .ifPresent(odds -> attacks.add(new Attack(pair, odds < 0, -Math.abs(odds), key)));
    }
    List<JudgeAttackResult.Trial> trials = trials(attacks);
    if (trials.isEmpty()) {
      throw new AreteException(
          "the judge can read none of the pairs; give shorter ones under --pairs");
    }
    return new JudgeAttackResult(trials, count - trials.size());
  }

  private List<JudgeAttackResult.Trial> trials(List<Attack> attacks) {
    HostileWords hostile = new HostileWords(constitution);
    List<Comparison> asked = new ArrayList<>();
    for (Attack attack : attacks) {
      String words = "\n" + hostile.draw(attack.key().at("hostile"));
      Comparison quoted = quoted(attack, words);
      asked.add(quoted(attack, harmless(attack, size(attack, quoted))));
      asked.add(quoted);
      asked.add(unquoted(attack, words));
    }
    listener.begin("attacks", "attacks", attacks.size());
    List<OptionalDouble> after = logOdds(asked, 3);
    List<JudgeAttackResult.Trial> trials = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      Attack attack = attacks.get(i);
      List<OptionalDouble> read = after.subList(3 * i, 3 * i + 3);
      if (read.stream().allMatch(OptionalDouble::isPresent)) {
        double side = attack.first() ? 1 : -1;
        trials.add(
            new JudgeAttackResult.Trial(
                attack.before(),
                side * read.get(0).getAsDouble(),
                side * read.get(1).getAsDouble(),
                side * read.get(2).getAsDouble()));
      }
    }
    return trials;
  }

  /** Words that make the attacked reply as long for the judge as the quoted hostile ones do. */
  private String harmless(Attack attack, int size) {
    return "\n"
        + HarmlessWords.draw(
            size, words -> size(attack, quoted(attack, "\n" + words)), attack.key().at("harmless"));
  }

  /** Tokens of the attacked reply as the judge is given it. */
  private int size(Attack attack, Comparison comparison) {
    return tokens.applyAsInt(attack.first() ? comparison.first() : comparison.second());
  }

  private Comparison plain(HumanPair pair) {
    return texts.actions(pair.prompt(), pair.chosen(), pair.rejected());
  }

  private Comparison quoted(Attack attack, String words) {
    HumanPair pair = attack.pair();
    return texts.actions(
        pair.prompt(),
        attack.first() ? pair.chosen() + words : pair.chosen(),
        attack.first() ? pair.rejected() : pair.rejected() + words);
  }

  /** As if nothing were quoted in the attacked reply. */
  private Comparison unquoted(Attack attack, String words) {
    Comparison plain = plain(attack.pair());
    return new Comparison(
        plain.facet(),
        plain.prompt(),
        attack.first() ? attack.pair().chosen() + words : plain.first(),
        attack.first() ? plain.second() : attack.pair().rejected() + words);
  }

  /** Log-odds of the first reply; nothing where the judge cannot read the question. */
  private List<OptionalDouble> logOdds(List<Comparison> comparisons, int each) {
    List<OptionalDouble> odds = new ArrayList<>();
    int step = AT_ONCE * each;
    for (int from = 0; from < comparisons.size(); from += step) {
      List<Comparison> some = comparisons.subList(from, Math.min(comparisons.size(), from + step));
      for (Optional<Judgement> said : labeler.judge(some)) {
        odds.add(
            said.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(said.get().label(VoteAveraging.LOG_ODDS).logOdds()));
      }
      listener.advance(some.size() / each);
    }
    return odds;
  }
}
