package io.arete.rlaif.gate;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** All gates by name, and those that can be forced. */
public final class GateNames {

  /** Gates that only warn. */
  private static final List<String> WARNING =
      List.of(
          HeldOutPairsGate.NAME,
          IdenticalPairsGate.NAME,
          SpreadGate.NAME,
          DominanceGate.NAME,
          UnchangedGate.NAME,
          GrowthGate.NAME,
          ShrinkGate.NAME,
          GainGate.NAME);

  /** Those that can be forced, in the order in which they are looked at. */
  public static final List<String> FORCEABLE =
      Arrays.stream(GatePhase.values())
          .flatMap(phase -> of(phase).stream())
          .distinct()
          .filter(name -> !WARNING.contains(name))
          .toList();

  private GateNames() {}

  /**
   * Returns if all of those can be forced.
   *
   * @throws AreteException that names the nearest of the first that cannot
   */
  public static void requireForceable(Collection<String> names) {
    for (String name : names) {
      if (!FORCEABLE.contains(name)) {
        throw new AreteException(
            "There is no gate '%s'; the nearest is %s, and all are %s."
                .formatted(name, Nearest.of(name, FORCEABLE), String.join(", ", FORCEABLE)));
      }
    }
  }

  /** The gates of a phase, in the order in which they are looked at. */
  public static List<String> of(GatePhase phase) {
    return switch (phase) {
      case BEFORE_FEEDBACK ->
          List.of(
              TiesGate.NAME,
              AnswerMassGate.NAME,
              ParseFailureGate.NAME,
              OrderGate.NAME,
              AgreementGate.NAME);
      case BEFORE_REWARD ->
          List.of(
              TiesGate.NAME,
              AnswerMassGate.NAME,
              ParseFailureGate.NAME,
              OrderGate.NAME,
              CutReplyGate.NAME,
              TextLengthGate.NAME,
              IdenticalPairsGate.NAME);
      case BEFORE_PPO ->
          List.of(
              FirstLossGate.NAME,
              HeldOutPairsGate.NAME,
              HeldOutAccuracyGate.NAME,
              HeldOutLossGate.NAME,
              ProbeGate.NAME,
              ProbeLeakGate.NAME,
              ScoringPathGate.NAME,
              AloneGate.NAME,
              BestOfGate.NAME,
              SpreadGate.NAME,
              DominanceGate.NAME);
      case DURING_PPO ->
          List.of(
              RatioGate.NAME,
              SamplingKlGate.NAME,
              UnchangedGate.NAME,
              DivergenceGate.NAME,
              GrowthGate.NAME,
              ShrinkGate.NAME,
              VarietyGate.NAME,
              CutOffGate.NAME,
              WatchScoreGate.NAME);
      case VERDICT -> List.of(GainGate.NAME, RepeatGate.NAME);
    };
  }
}
