package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.NumberedFolders;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.Trainee;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The loop of PPO. All that happens in an iteration stands in {@link #iterate}, in order. */
final class PpoTrainer {

  private static final String POLICY = "policy.safetensors";
  private static final String CRITIC = "critic.safetensors";
  private static final String STATE = "state.json";

  private final PpoSection settings;
  private final PpoFormulas formulas;
  private final PpoModels models;
  private final PromptOrder prompts;
  private final RolloutCollector collector;
  private final Update update;
  private final PpoWatch watch;
  private final Optional<PolicyLooks> looks;
  private final CountedRandom draws;

  /**
   * A trainer.
   *
   * @param models at their start
   * @param looks at the policy on the way, if there are to be any
   * @param mixture ordinary replies that are learned beside the rollouts, if any are
   * @param draws key of all draws of the stage
   */
  PpoTrainer(
      PpoSection settings,
      PpoModels models,
      PromptOrder prompts,
      RolloutCollector collector,
      PpoWatch watch,
      Optional<PolicyLooks> looks,
      Optional<Mixture> mixture,
      CountedRandom draws) {
    this.settings = settings;
    this.formulas = new PpoFormulas(settings);
    this.models = models;
    this.prompts = prompts;
    this.collector = collector;
    this.update = new Update(settings, models, formulas.loss(), mixture);
    this.watch = watch;
    this.looks = looks;
    this.draws = draws;
  }

  /**
   * Trains from the last checkpoint, or from the start, to the last iteration.
   *
   * @return where it stands then
   */
  TrainerState run(RunFolder folder, StageListener listener) {
    Checkpoints checkpoints = Checkpoints.open(folder.stage(Stage.PPO));
    TrainerState.Saved saved = resume(checkpoints);
    TrainerState state = saved.state();
    listener.begin("PPO", "iterations", settings.iterations());
    listener.skip(state.iteration());
    try (PpoLogs logs = PpoLogs.openAt(folder, saved.cursors())) {
      Watching watching =
          new Watching(
              settings,
              looks,
              models,
              watch,
              new NumberedFolders(folder.stage(Stage.PPO), Watching.BEST),
              PpoLogs.looks(folder),
              state.best());
      if (state.iteration() == 0) {
        state = state.with(watching.after(0, state.best(), logs));
      }
      while (state.iteration() < settings.iterations()) {
        state = iterate(state, logs);
        state = state.with(watching.after(state.iteration(), state.best(), logs));
        if (state.iteration() % settings.checkpointEvery() == 0
            || state.iteration() == settings.iterations()) {
          save(checkpoints, state, logs.force());
          watching.saved(state.best());
        }
        listener.advance(1);
      }
      return state;
    }
  }

  private TrainerState iterate(TrainerState state, PpoLogs logs) {
    long iteration = state.iteration() + 1;
    CountedRandom key = draws.at("iteration").at(iteration);

    // 1. to 3. The policy as it is now holds conversations, and all models read them.
    try (Collected collected = collect(state, key.at("rollouts"))) {

      // 4. Rewards, advantages, returns.
      Round round =
          Round.of(
              collected.rollouts(),
              collected.first().logprobs(),
              collected.reference(),
              collected.values(),
              formulas,
              state.coefficient());
      double[] k1 = round.perReply(KlEstimator.K1);
      List<Double> recent = RecentReplies.after(state.recentK1(), k1);

      // 5. Epochs of steps; whoever watches looks at the round before the first.
      IterationHealth health =
          update.run(
              iteration,
              round,
              collected.first(),
              key.at("order"),
              ratios ->
                  shown(
                      new RoundReport(round, formulas)
                          .health(iteration, recent, ratios, state.coefficient())));
      watch.afterIteration(health);
      logs.append(health, collected.rollouts());

      // 6. The price of divergence for the next iteration.
      double coefficient =
          formulas
              .controller(state.coefficient())
              .after(health.round().meanK1(), k1.length)
              .coefficient();
      long taken = state.promptsTaken() + settings.promptsPerIteration();
      return new TrainerState(iteration, coefficient, taken, recent, state.best());
    }
  }

  private RoundHealth shown(RoundHealth health) {
    watch.beforeFirstStep(health);
    return health;
  }

  /**
   * A round before its update.
   *
   * @param reference log-probabilities of the trained tokens by the reference
   * @param values before each of them, by the critic, where there is one
   * @param first what the policy itself says, kept for the first step
   */
  private record Collected(
      List<Rollout> rollouts,
      List<double[]> reference,
      Optional<List<double[]>> values,
      FirstForward first)
      implements AutoCloseable {

    @Override
    public void close() {
      first.close();
    }
  }

  private Collected collect(TrainerState state, CountedRandom key) {
    Trainee trainee = models.policy().trainee();
    try (StackedModel policy = trainee.frozen()) {
      watch.beforeRound(state.iteration() + 1, policy, models.reference());

      // 1. The policy holds conversations, and the reward models score them.
      List<Rollout> rollouts =
          collector.collect(
              prompts.take(state.promptsTaken(), settings.promptsPerIteration()), policy, key);

      // 2. What reference and critic say of every trained token.
      List<TokenBatch> passes = passes(rollouts);
      List<double[]> reference = new RolloutReader(models.reference()).logprobs(passes);
      Optional<List<double[]>> values = models.critic().map(critic -> values(critic, passes));

      // 3. What the policy itself says: the old log-probabilities, and the first step's forward.
      boolean keep = settings.update().miniBatches() == 1;
      FirstForward first = FirstForward.run(trainee, policy, passes, keep);
      return new Collected(rollouts, reference, values.or(first::values), first);
    }
  }

  private static List<double[]> values(Optimized critic, List<TokenBatch> passes) {
    try (StackedModel frozen = critic.trainee().frozen()) {
      return new RolloutReader(frozen).values(passes, critic.trainee().heads().get(0));
    }
  }

  private List<TokenBatch> passes(List<Rollout> rollouts) {
    List<Integer> all = IntStream.range(0, rollouts.size()).boxed().toList();
    return TokenBatch.split(rollouts, all, settings.update().tokensPerPass(), 1);
  }

  private TrainerState.Saved resume(Checkpoints checkpoints) {
    Optional<Checkpoints.Saved> latest = checkpoints.latest();
    if (latest.isEmpty()) {
      return new TrainerState.Saved(
          TrainerState.start(settings.kl().coefficient()), TrainerState.LogCursors.START);
    }
    models.policy().load(latest.get().folder().resolve(POLICY));
    models.critic().ifPresent(critic -> critic.load(latest.get().folder().resolve(CRITIC)));
    return TrainerState.read(latest.get().folder().resolve(STATE));
  }

  private void save(Checkpoints checkpoints, TrainerState state, TrainerState.LogCursors cursors) {
    checkpoints.save(
        state.iteration(),
        folder -> {
          models.policy().save(folder.resolve(POLICY));
          models.critic().ifPresent(critic -> critic.save(folder.resolve(CRITIC)));
          state.write(folder.resolve(STATE), cursors);
        });
  }
}
