package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.PpoSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves the policy, and the critic where there is one, by what a round showed: epochs of
 * mini-batches.
 */
final class Update {

  /** An update stops when the divergence exceeds so many times its target. */
  private static final double TOLERANCE = 1.5;

  private final PpoSection.Update settings;
  private final PpoModels models;
  private final Policy policy;
  private final Optional<Critic> critic;

  Update(PpoSection.Update settings, PpoModels models, PpoLoss loss) {
    this.settings = settings;
    this.models = models;
    this.policy = new Policy(models.policy().trainee(), loss);
    this.critic = models.critic().map(one -> new Critic(one, loss, settings.valueWeight()));
  }

  /**
   * Runs the update.
   *
   * @param first the policy's forward pass over the round; closed here as soon as it is used
   * @param draws key of the order of the rollouts
   * @param beforeFirstStep sums the round up, given the first mini-batch's ratios, while no weight
   *     has moved
   */
  IterationHealth run(
      Round round,
      FirstForward first,
      CountedRandom draws,
      Function<RatioStats, RoundHealth> beforeFirstStep) {
    UpdateTally tally = new UpdateTally();
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
        double norm = models.policy().step(settings.policyLearningRate(), settings.gradientClip());
        tally.step(outcome, norm, critic.map(one -> learn(one, round, passes, tokens)));
      }
    }
    return new IterationHealth(Objects.requireNonNull(health), tally.finished());
  }

  private UpdateHealth.CriticHealth learn(
      Critic learner, Round round, List<TokenBatch> passes, long tokens) {
    double loss = learner.collect(round.critic().orElseThrow(), passes, tokens);
    return new UpdateHealth.CriticHealth(
        loss, learner.step(settings.criticLearningRate(), settings.gradientClip()));
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
