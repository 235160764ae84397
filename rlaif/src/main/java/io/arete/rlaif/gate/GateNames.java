package io.arete.rlaif.gate;

import java.util.List;

/** The gates that can be forced. */
public final class GateNames {

  /** In the order in which they are looked at. */
  public static final List<String> FORCEABLE =
      List.of(
          TiesGate.NAME,
          AnswerMassGate.NAME,
          OrderGate.NAME,
          AgreementGate.NAME,
          CutReplyGate.NAME,
          TextLengthGate.NAME,
          FirstLossGate.NAME,
          HeldOutAccuracyGate.NAME,
          HeldOutLossGate.NAME,
          ProbeGate.NAME,
          ProbeLeakGate.NAME,
          ScoringPathGate.NAME,
          AloneGate.NAME,
          BestOfGate.NAME,
          RatioGate.NAME,
          SamplingKlGate.NAME,
          DivergenceGate.NAME,
          CutOffGate.NAME,
          RepeatGate.NAME);

  private GateNames() {}
}
