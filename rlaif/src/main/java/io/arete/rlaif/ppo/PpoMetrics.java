package io.arete.rlaif.ppo;

import io.arete.rlaif.run.Metric;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of an iteration under the names that the metric log has. */
final class PpoMetrics {

  private PpoMetrics() {}

  /** One line of the log. */
  static Metric of(IterationHealth health) {
    RoundHealth round = health.round();
    UpdateHealth update = health.update();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("reward", round.reward().mean());
    values.put("reward_sd", round.reward().sd());
    values.put("disagreement_sd", round.reward().disagreement());
    values.put("penalty_share", round.reward().penaltyShare());
    round
        .facets()
        .forEach(
            (facet, ofFacet) -> {
              values.put("score_" + facet.wireName(), ofFacet.meanScore());
              values.put("score_sd_" + facet.wireName(), ofFacet.scoreSd());
              values.put("tokens_" + facet.wireName(), ofFacet.meanTokens());
              values.put("cut_off_" + facet.wireName(), ofFacet.cutOff());
              values.put("distinct_1_" + facet.wireName(), ofFacet.distinct1());
              values.put("distinct_2_" + facet.wireName(), ofFacet.distinct2());
            });
    values.put("unreadable", (double) round.unreadable());
    values.put("kl_k1", round.meanK1());
    values.put("kl_k3", round.meanK3());
    values.put("kl_k1_token", round.perToken().k1());
    values.put("kl_k3_token", round.perToken().k3());
    values.put("advantage_mean", round.advantages().mean());
    values.put("advantage_sd", round.advantages().sampleSd());
    values.put("kl_coefficient", round.coefficient());
    values.put("entropy", round.entropy());
    values.put("first_ratio_distance", round.ratios().meanDistance());
    values.put("first_ratio_largest", round.ratios().largestDistance());
    values.put("sampling_mismatch", round.samplingMismatch());
    round.explainedVariance().ifPresent(share -> values.put("explained_variance", share));
    values.put("steps", (double) update.steps());
    values.put("stopped_early", update.stoppedEarly() ? 1.0 : 0.0);
    values.put("update_kl", update.divergence());
    values.put("clip_share", update.ratios().clipShare());
    values.put("ratio_largest", update.ratios().largestDistance());
    values.put("policy_loss", update.policyLoss());
    values.put("policy_gradient_norm", update.policyGradientNorm());
    values.put("learning_rate", update.learningRate());
    update.ordinaryLoss().ifPresent(loss -> values.put("ordinary_loss", loss));
    update
        .critic()
        .ifPresent(
            critic -> {
              values.put("value_loss", critic.valueLoss());
              critic.gradientNorm().ifPresent(norm -> values.put("critic_gradient_norm", norm));
            });
    return new Metric(round.iteration(), values);
  }
}
