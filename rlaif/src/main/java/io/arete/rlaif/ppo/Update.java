package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.ppo.formula.PpoLoss;
import io.arete.rlaif.ppo.formula.RatioStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves the policy, and the critic where there is one, by what a round showed: epochs of
 * mini-batches, each with some ordinary replies beside it if the recipe mixes them in.
 */
final class Update {

  /** An update stops when the divergence exceeds so many times its target. */
  private static final double TOLERANCE = 1.5;

  private final PpoSection.Update settings;
  private final PpoModels models;
  private final Policy policy;
  private final Optional<Critic> critic;
  private final StepRates rates;
  private final Optional<Mixture> mixture;

  Update(PpoSection ppo, PpoModels models, PpoLoss loss, Optional<Mixture> mixture) {
    this.settings = ppo.update();
    this.models = models;
    this.rates = StepRates.of(ppo);
    this.mixture = mixture;
    ValueReading values = new ValueReading(loss, settings.valueWeight());
    this.policy = new Policy(models.policy().trainee(), loss, values);
    this.critic = models.critic().map(one -> new Critic(one, values));
  }

  /**
   * Runs the update.
   *
   * @param iteration from 1
   * @param first the policy's forward pass over the round; closed here as soon as it is used
   * @param draws key of the order of the rollouts
   * @param beforeFirstStep sums the round up, given the first mini-batch's ratios, while no weight
   *     has moved
   */
  IterationHealth run(
      long iteration,
      Round round,
      FirstForward first,
      CountedRandom draws,
      Function<RatioStats, RoundHealth> beforeFirstStep) {
    UpdateTally tally = new UpdateTally();
    long step = rates.firstStep(iteration);
    @Nullable RoundHealth health = null;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      for (List<Integer> members : miniBatches(round.rollouts().size(), draws.at(epoch))) {
        long tokens = round.tokens(members);
        List<TokenBatch> passes =
            TokenBatch.split(
                round.rollouts(),
                members,
                settings.tokensPerPass(),
                models.policy().trainee().lanes());
        Policy.Outcome outcome = policy.collect(round, passes, tokens, first.pass());
        first.close();
        if (health == null) {
          health = beforeFirstStep.apply(outcome.ratios());
        }
        if (outcome.divergence() > TOLERANCE * settings.targetKl()) {
          models.policy().forget();
          return new IterationHealth(health, tally.stopped(outcome));
        }
        tally.step(outcome, step(outcome, round, passes, tokens, step));
        step++;
      }
    }
    return new IterationHealth(Objects.requireNonNull(health), tally.finished());
  }

  /** Steps of policy and critic; the policy's gradients of the mini-batch are collected. */
  private UpdateTally.Step step(
      Policy.Outcome outcome, Round round, List<TokenBatch> passes, long tokens, long step) {
    OptionalDouble ordinary =
        mixture
            .map(one -> OptionalDouble.of(one.collect(models.policy().trainee(), step)))
            .orElseGet(OptionalDouble::empty);
    double rate = rates.policy().at(step);
    double norm = models.policy().step(rate, settings.gradientClip());
    return new UpdateTally.Step(
        norm,
        rate,
        ordinary,
        critic
            .map(one -> learn(one, round, passes, tokens, step))
            .or(() -> learnedBeside(outcome)));
  }

  /** What a critic on the policy's trunk learned by the policy's step. */
  private static Optional<UpdateHealth.CriticHealth> learnedBeside(Policy.Outcome outcome) {
    return outcome.valueLoss().isPresent()
        ? Optional.of(
            new UpdateHealth.CriticHealth(
                outcome.valueLoss().getAsDouble(), OptionalDouble.empty()))
        : Optional.empty();
  }

  private UpdateHealth.CriticHealth learn(
      Critic learner, Round round, List<TokenBatch> passes, long tokens, long step) {
    double loss = learner.collect(round.critic().orElseThrow(), passes, tokens);
    double norm = learner.step(rates.critic().at(step), settings.gradientClip());
    return new UpdateHealth.CriticHealth(loss, OptionalDouble.of(norm));
  }

  /** The rollouts of each step of an epoch, as evenly as they go. */
  private List<List<Integer>> miniBatches(int rollouts, CountedRandom draws) {
    int count = settings.miniBatches();
    int[] order = draws.shuffle(rollouts);
    List<List<Integer>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) rollouts * i / count);
      int to = (int) ((long) rollouts * (i + 1) / count);
      // In rising order, samples of one prompt lie side by side and share it.
      batches.add(Arrays.stream(order, from, to).sorted().boxed().toList());
    }
    return batches;
  }
}
