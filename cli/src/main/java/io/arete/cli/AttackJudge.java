package io.arete.cli;

import io.arete.rlaif.attack.judge.ReplyJudge;
import io.arete.rlaif.attack.judge.RubricJudge;
import io.arete.rlaif.attack.judge.WordsJudge;
import io.arete.rlaif.attack.method.Steering;
import io.arete.rlaif.attack.method.SteeringJudge;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.scored.GoldScores;
import io.arete.rlaif.attack.scored.HarmScores;
import io.arete.rlaif.attack.scored.PlainJudge;
import io.arete.rlaif.attack.scored.RewardScores;
import io.arete.rlaif.attack.scored.ScoredJudge;
import io.arete.rlaif.attack.scored.ScoredSteering;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A judge of a study as it is written: {@code words}, {@code gold:NAME}, {@code rewards:RUN}, or a
 * model.
 *
 * @param kind what it is
 * @param place the name, the run or the model; empty for words
 */
record AttackJudge(Kind kind, String place) {

  static final String GOLD = "gold";
  private static final String WORDS = "words";

  /** What judges. */
  enum Kind {
    /** The reply's words alone. */
    WORDS,
    /** A truth. */
    GOLD,
    /** A run's reward models. */
    REWARDS,
    /** A model that is asked. */
    MODEL
  }

  /** Reads one; gold needs its name after a colon. */
  static AttackJudge of(String text) {
    if (text.equals(WORDS)) {
      return new AttackJudge(Kind.WORDS, "");
    }
    if (text.startsWith(GOLD + ":")) {
      return new AttackJudge(Kind.GOLD, text.substring(GOLD.length() + 1));
    }
    if (text.startsWith("rewards:")) {
      return new AttackJudge(Kind.REWARDS, text.substring("rewards:".length()));
    }
    return new AttackJudge(Kind.MODEL, text);
  }

  /** The run whose reward models score, if they do. */
  Optional<Path> run() {
    return kind == Kind.REWARDS ? Optional.of(Path.of(place)) : Optional.empty();
  }

  /**
   * Who counts.
   *
   * @param run the opened run, for reward models
   * @param speaker for a model
   * @param closing is given what must be closed at the end
   */
  ReplyJudge counting(
      Function<Path, StageContext> run, Supplier<Speaker> speaker, Closing closing) {
    return switch (kind) {
      case WORDS -> new WordsJudge();
      case GOLD -> {
        Truth truth = Truths.named(place);
        yield new ScoredJudge(new GoldScores(truth), new PlainJudge(truth));
      }
      case REWARDS -> new ScoredJudge(rewards(run, closing), new WordsJudge());
      case MODEL -> new RubricJudge("counting", speaker.get());
    };
  }

  /** Who steers; what is given is as for {@link #counting}. */
  Steering steering(Function<Path, StageContext> run, Supplier<Speaker> speaker, Closing closing) {
    return switch (kind) {
      case WORDS -> throw new IllegalStateException("checked before: words do not steer");
      case GOLD -> new ScoredSteering(new GoldScores(Truths.named(place)));
      case REWARDS -> new ScoredSteering(rewards(run, closing));
      case MODEL -> new SteeringJudge(speaker.get());
    };
  }

  private HarmScores rewards(Function<Path, StageContext> run, Closing closing) {
    RewardScores scores = RewardScores.open(run.apply(Path.of(place)));
    return closing.add(scores, scores::close);
  }
}
