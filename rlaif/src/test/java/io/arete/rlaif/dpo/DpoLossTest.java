package io.arete.rlaif.dpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If these break, DPO holds the policy to its reference by another strength than it says. */
class DpoLossTest {

  private static final double EXACT = 1e-12;

  /** −p log σ(x) − (1 − p) log σ(−x) and β (σ(x) − p), x = β (lead − reference), by hand. */
  @ParameterizedTest
  @CsvSource({
    "0.1,  -3, -8, 1.00, 0.47407698418010663, -0.037754066879814542, true",
    "0.5,  -3, -8, 1.00, 0.07888973429254952, -0.037929090010621724, true",
    "0.1,  -3, -8, 0.75, 0.59907698418010670, -0.012754066879814542, true",
    "0.1, -12, -8, 0.25, 0.61301525239995260,  0.015131233988754801, true",
    "0.1, -12, -8, 1.00, 0.91301525239995260, -0.059868766011245199, false",
  })
  void lossAndDerivativeAreThePapers(
      double beta,
      double lead,
      double reference,
      double p,
      double loss,
      double byLead,
      boolean right) {
    DpoLoss.Term term = new DpoLoss(beta).of(lead, reference, p);
    assertThat(term.loss()).isCloseTo(loss, within(EXACT));
    assertThat(term.byLead()).isCloseTo(byLead, within(EXACT));
    assertThat(term.right()).isEqualTo(right);
  }

  @Test
  void thePolicyThatIsItsReferenceHasTheLossOfKnowingNothing() {
    DpoLoss.Term term = new DpoLoss(0.3).of(-40, -40, 1);
    assertThat(term.loss()).isCloseTo(Math.log(2), within(EXACT));
    assertThat(term.byLead()).isCloseTo(-0.15, within(EXACT));
  }
}
