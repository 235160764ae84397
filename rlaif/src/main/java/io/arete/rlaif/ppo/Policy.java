package io.arete.rlaif.ppo;

import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Readout;
import io.arete.engine.train.TrunkPass;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.ppo.formula.LossTerm;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.training.LearningPass;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.Trainee;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The policy's side of an update. A policy with a head is the critic, too: the passes that give its
 * log-probabilities give values, and the gradient is that of both losses.
 */
final class Policy {

  private final Trainee trainee;
  private final PpoLoss loss;
  private final ValueReading values;

  /**
   * A policy.
   *
   * @param values what is learned of values, if it has a head
   */
  Policy(Trainee trainee, PpoLoss loss, ValueReading values) {
    this.trainee = trainee;
    this.loss = loss;
    this.values = values;
  }

  /**
   * What a mini-batch showed.
   *
   * @param loss of the mini-batch, without that of values
   * @param valueLoss without its weight, where the policy is the critic, too
   * @param ratios of its tokens
   * @param divergence mean k3 of the new against the rollout policy, nats a token
   */
  record Outcome(double loss, OptionalDouble valueLoss, RatioStats ratios, double divergence) {}

  /**
   * Collects the gradients of one mini-batch.
   *
   * @param passes the mini-batch
   * @param tokens its trained tokens
   * @param kept a forward pass that was done already and is the only one
   */
  Outcome collect(Round round, List<TokenBatch> passes, long tokens, Optional<TrunkPass> kept) {
    Tally sum = new Tally();
    trainee
        .learn(passes.stream().map(batch -> learning(round, batch, tokens, kept)).toList())
        .forEach(sum::plus);
    OptionalDouble valueLoss =
        trainee.heads().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum.valueLoss);
    return new Outcome(sum.loss, valueLoss, sum.ratios, sum.divergence / tokens);
  }

  private LearningPass<Tally> learning(
      Round round, TokenBatch batch, long tokens, Optional<TrunkPass> kept) {
    double[] old = batch.join(round.policyLogprobs());
    double[] advantages = batch.join(round.advantages());
    double[] reference = batch.join(round.referenceLogprobs());
    return new LearningPass<>(
        batch.forest(),
        Optional.empty(),
        kept,
        (learner, hidden) -> {
          Tally tally = new Tally();
          Readout readout =
              new ChunkedLogProbs(learner.model(), 1)
                  .readAndDerive(
                      hidden,
                      batch.rows(),
                      batch.targets(),
                      (first, logprobs) ->
                          tally.add(
                              logprobs,
                              part(old, first, logprobs.length),
                              part(advantages, first, logprobs.length),
                              round
                                  .penalty()
                                  .of(logprobs, part(reference, first, logprobs.length), tokens),
                              tokens));
          Tensor gradient = readout.hiddenGradient();
          if (!learner.heads().isEmpty()) {
            Learned<Double> valued =
                values.of(learner, hidden, round.critic().orElseThrow(), batch, tokens);
            tally.valueLoss += valued.said();
            gradient.addInPlace(valued.hiddenGradient());
          }
          return new Learned<>(tally, gradient);
        });
  }

  private static double[] part(double[] all, int first, int length) {
    return Arrays.copyOfRange(all, first, first + length);
  }

  /** Sums over tokens of a mini-batch. */
  private final class Tally {
    private double loss;
    private double valueLoss;
    private RatioStats ratios = RatioStats.NONE;
    private double divergence;

    double[] add(
        double[] logprobs, double[] old, double[] advantages, LossTerm penalty, long tokens) {
      LossTerm term = Policy.this.loss.policy(logprobs, old, advantages, tokens).plus(penalty);
      loss += term.loss();
      ratios = ratios.plus(Policy.this.loss.ratios(logprobs, old));
      divergence += KlEstimator.K3.ofReply(old, logprobs);
      return term.gradient();
    }

    void plus(Tally other) {
      loss += other.loss;
      valueLoss += other.valueLoss;
      ratios = ratios.plus(other.ratios);
      divergence += other.divergence;
    }
  }
}
