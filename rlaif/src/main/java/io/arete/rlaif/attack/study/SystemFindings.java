package io.arete.rlaif.attack.study;

import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.attack.method.AttackResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<List<OptionalDouble>> byAttack =
        recounts.values().stream()
            .map(recount -> recount.shares(judge, ReplyLabel.COMPLIANCE))
            .toList();
    List<OptionalDouble> harm = new ArrayList<>();
    for (int i = 0; i < byAttack.get(0).size(); i++) {
      int behavior = i;
      harm.add(
          byAttack.stream()
              .map(shares -> shares.get(behavior))
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
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
}
