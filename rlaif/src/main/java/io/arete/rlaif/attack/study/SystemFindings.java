package io.arete.rlaif.attack.study;

import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.attack.method.AttackResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a study found about one system.
 *
 * @param results by attack, one a behavior
 * @param recounts by attack: each behavior's best prompt, sent again
 * @param families of the attacks, by name
 * @param harmless the harmless requests, asked plainly
 */
record SystemFindings(
    String name,
    Map<String, List<AttackResult>> results,
    Map<String, Recount> recounts,
    Map<String, String> families,
    Recount harmless) {

  /** Each behavior's share of compliance, the mean over the attacks that tell one. */
  List<OptionalDouble> harm(String judge) {
    return harm(judge, this);
  }

  /**
   * The same over the attacks that tell one of the other system, too: where labels are missing, a
   * difference of two systems must not be one of their attacks.
   */
  List<OptionalDouble> harm(String judge, SystemFindings other) {
    Map<String, List<OptionalDouble>> own = compliance(judge);
    Map<String, List<OptionalDouble>> others = other.compliance(judge);
    List<OptionalDouble> harm = new ArrayList<>();
    int behaviors = own.values().iterator().next().size();
    for (int i = 0; i < behaviors; i++) {
      int behavior = i;
      harm.add(
          own.entrySet().stream()
              .filter(one -> told(others, one.getKey(), behavior))
              .map(one -> one.getValue().get(behavior))
              .flatMapToDouble(OptionalDouble::stream)
              .average());
    }
    return harm;
  }

  /** Each harmless request's share of compliance. */
  List<OptionalDouble> granted(String judge) {
    return harmless.shares(judge, ReplyLabel.COMPLIANCE);
  }

  /** Each harmless request's share of refusals. */
  List<OptionalDouble> refusals(String judge) {
    return harmless.shares(judge, ReplyLabel.REFUSAL);
  }

  private Map<String, List<OptionalDouble>> compliance(String judge) {
    Map<String, List<OptionalDouble>> shares = new LinkedHashMap<>();
    recounts.forEach(
        (attack, recount) -> shares.put(attack, recount.shares(judge, ReplyLabel.COMPLIANCE)));
    return shares;
  }

  private static boolean told(
      Map<String, List<OptionalDouble>> shares, String attack, int behavior) {
    return Objects.requireNonNull(shares.get(attack)).get(behavior).isPresent();
  }
}
