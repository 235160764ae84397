package io.arete.rlaif.gate;

import java.util.List;

/** The gates that can be forced. */
public final class GateNames {

  /** In the order in which they are looked at. */
  public static final List<String> FORCEABLE =
      List.of(
          TiesGate.NAME,
          AnswerMassGate.NAME,
          ParseFailureGate.NAME,
          OrderGate.NAME,
          AgreementGate.NAME,
          FirstLossGate.NAME,
          HeldOutAccuracyGate.NAME,
          HeldOutLossGate.NAME,
          RatioGate.NAME,
          SamplingKlGate.NAME);

  private GateNames() {}
}
