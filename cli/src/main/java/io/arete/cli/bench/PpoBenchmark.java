package io.arete.cli.bench;

import static io.arete.cli.bench.TrainBenchmark.joined;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.AdamW;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Derivative;
import io.arete.engine.train.ScalarReadout;
import io.arete.engine.train.TrunkPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The computing of one PPO iteration: 16 replies of 48 tokens are generated and scored by one
 * reward model, the reference reads their log-probabilities, and policy and critic, on a stack
 * each, are trained on them for two epochs of one mini-batch. The first epoch's forward passes give
 * the old log-probabilities and values.
 */
final class PpoBenchmark implements Benchmark {

  private static final int REPLIES = 16;
  private static final int PROMPT_TOKENS = 32;
  private static final int NEW_TOKENS = 48;
  private static final int EPOCHS = 2;
  private static final double LEARNING_RATE = 1e-4;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    try (Adapter policy = subject.adapter(1);
        Adapter critic = subject.adapter(2);
        Adapter reward = subject.adapter(3);
        AdamW policyOptimizer = new AdamW(policy.parameters(), 0);
        AdamW criticOptimizer = new AdamW(critic.parameters(), 0)) {
      Iteration iteration = new Iteration(subject, policy, critic, reward);
      double seconds =
          Stopwatch.best(
              1,
              () -> {
                iteration.run();
                policyOptimizer.step(LEARNING_RATE);
                criticOptimizer.step(LEARNING_RATE);
              });
      found.accept(
          new Measure("ppo", "iteration: 16 replies of 48 tokens, two epochs", seconds, "s"));
      found.accept(
          new Measure("ppo", "share of the iteration spent generating", iteration.share(), "%"));
    }
  }

  private static final class Iteration {
    private final Subject subject;
    private final DecoderModel model;
    private final Adapter policy;
    private final Adapter critic;
    private final Adapter reward;
    private double generating;
    private double total;

    Iteration(Subject subject, Adapter policy, Adapter critic, Adapter reward) {
      this.subject = subject;
      this.model = subject.model();
      this.policy = policy;
      this.critic = critic;
      this.reward = reward;
    }

    double share() {
      return 100 * generating / total;
    }

    void run() {
      total =
          Stopwatch.seconds(
              () -> {
                List<int[]> sequences = new ArrayList<>();
                generating = Stopwatch.seconds(() -> sequences.addAll(rollout()));
                Forest forest = Forest.of(sequences);
                score(forest);
                readReference(forest, sequences);
                for (int epoch = 0; epoch < EPOCHS; epoch++) {
                  trainPolicy(forest, sequences);
                  trainCritic(forest);
                }
              });
    }

    private List<int[]> rollout() {
      List<Request> requests = new ArrayList<>();
      for (int i = 0; i < REPLIES; i++) {
        int[] prompt = subject.ids(PROMPT_TOKENS, "ppo", i);
        requests.add(new Request(prompt, NEW_TOKENS, CountedRandom.of(1).at(i)));
      }
      try (FrozenStack frozen = frozen(policy, model.dtype())) {
        List<Reply> replies =
            new Generator(model, frozen, Set.of(), REPLIES).generate(requests, Sampling.plain());
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < REPLIES; i++) {
          sequences.add(joined(requests.get(i).prompt(), replies.get(i).ids()));
        }
        return sequences;
      }
    }

    private void score(Forest forest) {
      int[] ends = new int[REPLIES];
      Arrays.setAll(ends, forest::end);
      try (FrozenStack frozen = frozen(reward, model.dtype());
          NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        Tensor hidden = model.read(forest, frozen);
        new ScalarReadout(model, reward.head().orElseThrow()).read(hidden, ends);
      }
    }

    private void readReference(Forest forest, List<int[]> sequences) {
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        Tensor hidden = model.read(forest, Adapters.NONE);
        new ChunkedLogProbs(model, 1).read(hidden, rows(forest), targets(sequences));
      }
    }

    private void trainPolicy(Forest forest, List<int[]> sequences) {
      try (FrozenStack below = AdapterStack.BASE.frozen(model.config().layers(), model.dtype());
          Scope scope = Scope.open()) {
        TrunkPass pass =
            TrunkPass.forward(model, forest, live(policy, below), Backpropagation.RECORDED);
        pass.backward(
            new ChunkedLogProbs(model, 1)
                .readAndDerive(pass.hidden(), rows(forest), targets(sequences), sum())
                .hiddenGradient());
      }
    }

    private void trainCritic(Forest forest) {
      try (FrozenStack below = AdapterStack.BASE.frozen(model.config().layers(), model.dtype());
          Scope scope = Scope.open()) {
        TrunkPass pass =
            TrunkPass.forward(model, forest, live(critic, below), Backpropagation.RECORDED);
        pass.backward(
            new ScalarReadout(model, critic.head().orElseThrow())
                .readAndDerive(pass.hidden(), rows(forest), sum())
                .hiddenGradient());
      }
    }

    private FrozenStack frozen(Adapter adapter, Dtype dtype) {
      return AdapterStack.BASE.with(adapter).frozen(model.config().layers(), dtype);
    }

    private static Adapters live(Adapter adapter, FrozenStack below) {
      return AdapterStack.BASE.with(adapter).training(below, null);
    }

    /** A stand-in for the formulas, which cost nothing beside the passes. */
    private static Derivative sum() {
      return (first, values) -> {
        double[] derivatives = new double[values.length];
        Arrays.fill(derivatives, 1.0 / values.length);
        return derivatives;
      };
    }

    /** Where each reply token is predicted. */
    private static int[] rows(Forest forest) {
      int[] rows = new int[REPLIES * NEW_TOKENS];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = forest.index(i / NEW_TOKENS, PROMPT_TOKENS - 1 + i % NEW_TOKENS);
      }
      return rows;
    }

    private static int[] targets(List<int[]> sequences) {
      int[] targets = new int[REPLIES * NEW_TOKENS];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = sequences.get(i / NEW_TOKENS)[PROMPT_TOKENS + i % NEW_TOKENS];
      }
      return targets;
    }
  }
}
