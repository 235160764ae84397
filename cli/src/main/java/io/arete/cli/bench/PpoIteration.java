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
import io.arete.engine.model.JointReading;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Derivative;
import io.arete.engine.train.ScalarReadout;
import io.arete.engine.train.TrunkPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The computing of one PPO iteration: replies are generated and scored by every reward model, the
 * reference reads their log-probabilities, and policy and critic, on a stack each or on one, are
 * trained on them with one mini-batch an epoch. The first epoch's forward passes give the old
 * log-probabilities and values.
 */
final class PpoIteration {

  private final Subject subject;
  private final DecoderModel model;
  private final PpoSet set;
  private final Sizes sizes;
  private final Backpropagation backpropagation;
  private final Map<PpoPhase, Spent> spent = new EnumMap<>(PpoPhase.class);

  /**
   * How much is done.
   *
   * @param systemTokens how many of the prompt tokens are one system text that all have
   */
  record Sizes(int replies, int systemTokens, int promptTokens, int newTokens, int epochs) {

    /** Tokens whose log-probabilities are read. */
    int generated() {
      return replies * newTokens;
    }
  }

  /**
   * What a phase took in the last iteration.
   *
   * @param gigaflops 10⁹ operations of products and attention
   */
  record Spent(double seconds, double gigaflops) {

    private Spent plus(Spent more) {
      return new Spent(seconds + more.seconds(), gigaflops + more.gigaflops());
    }
  }

  /** Works with adapters that have optimizers. */
  PpoIteration(Subject subject, PpoSet set, Sizes sizes, Backpropagation backpropagation) {
    this.subject = subject;
    this.model = subject.model();
    this.set = set;
    this.sizes = sizes;
    this.backpropagation = backpropagation;
  }

  /** The last iteration, by those of its phases that there were. */
  Map<PpoPhase, Spent> spent() {
    return new EnumMap<>(spent);
  }

  /** One iteration. */
  void run() {
    spent.clear();
    List<int[]> sequences = new ArrayList<>();
    double seconds = Stopwatch.seconds(() -> sequences.addAll(rollout()));
    Forest forest = Forest.of(sequences);
    double head = subject.headGigaflops(sizes.generated());
    add(PpoPhase.GENERATING, seconds, read(sequences) + head);
    double forward = subject.forwardGigaflops(forest);
    double training = subject.trainingGigaflops(forest);
    take(PpoPhase.SCORING, set.rewards().size() * forward, () -> score(forest));
    take(PpoPhase.REFERENCE, forward + head, () -> readReference(forest, sequences));
    for (int epoch = 0; epoch < sizes.epochs(); epoch++) {
      take(PpoPhase.POLICY, training + 2 * head, () -> trainPolicy(forest, sequences));
      set.critic()
          .ifPresent(critic -> take(PpoPhase.CRITIC, training, () -> trainCritic(critic, forest)));
      take(PpoPhase.STEPS, 0, set::step);
    }
  }

  private void take(PpoPhase phase, double gigaflops, Runnable work) {
    add(phase, Stopwatch.seconds(work), gigaflops);
  }

  private void add(PpoPhase phase, double seconds, double gigaflops) {
    spent.merge(phase, new Spent(seconds, gigaflops), Spent::plus);
  }

  /** What generation reads: all but the last token of each, whose prediction nobody wants. */
  private double read(List<int[]> sequences) {
    List<int[]> read = sequences.stream().map(ids -> Arrays.copyOf(ids, ids.length - 1)).toList();
    return subject.forwardGigaflops(Forest.of(read));
  }

  private List<int[]> rollout() {
    int[] system = subject.ids(sizes.systemTokens(), "system", 0);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < sizes.replies(); i++) {
      int own = sizes.promptTokens() - sizes.systemTokens();
      int[] prompt = joined(system, subject.ids(own, "ppo", i));
      requests.add(new Request(prompt, sizes.newTokens(), CountedRandom.of(1).at(i)));
    }
    try (FrozenStack frozen = PpoSet.frozen(subject, set.policy())) {
      // No id ends a reply: all have the same length.
      List<Reply> replies =
          new Generator(model, frozen, Set.of(), sizes.replies())
              .generate(requests, Sampling.plain());
      List<int[]> sequences = new ArrayList<>();
      for (int i = 0; i < sizes.replies(); i++) {
        sequences.add(joined(requests.get(i).prompt(), replies.get(i).ids()));
      }
      return sequences;
    }
  }

  private void score(Forest forest) {
    int[] ends = new int[sizes.replies()];
    Arrays.setAll(ends, forest::end);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      List<Tensor> hidden =
          JointReading.read(
              model,
              set.rewards().stream()
                  .map(reward -> new JointReading.Reading(forest, reward.model().adapters()))
                  .toList());
      for (int i = 0; i < hidden.size(); i++) {
        new ScalarReadout(model, set.rewards().get(i).head()).read(hidden.get(i), ends);
      }
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
      TrunkPass pass = TrunkPass.forward(model, forest, live(set.policy(), below), backpropagation);
      Tensor gradient =
          new ChunkedLogProbs(model, 1)
              .readAndDerive(pass.hidden(), rows(forest), targets(sequences), sum())
              .hiddenGradient();
      if (set.critic().isEmpty()) {
        gradient.addInPlace(values(set.policy(), pass, forest));
      }
      pass.backward(gradient);
    }
  }

  private void trainCritic(Adapter critic, Forest forest) {
    try (FrozenStack below = AdapterStack.BASE.frozen(model.config().layers(), model.dtype());
        Scope scope = Scope.open()) {
      TrunkPass pass = TrunkPass.forward(model, forest, live(critic, below), backpropagation);
      pass.backward(values(critic, pass, forest));
    }
  }

  private Tensor values(Adapter critic, TrunkPass pass, Forest forest) {
    return new ScalarReadout(model, critic.head().orElseThrow())
        .readAndDerive(pass.hidden(), rows(forest), sum())
        .hiddenGradient();
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
  private int[] rows(Forest forest) {
    int[] rows = new int[sizes.generated()];
    for (int i = 0; i < rows.length; i++) {
      int reply = i / sizes.newTokens();
      rows[i] = forest.index(reply, sizes.promptTokens() - 1 + i % sizes.newTokens());
    }
    return rows;
  }

  private int[] targets(List<int[]> sequences) {
    int[] targets = new int[sizes.generated()];
    for (int i = 0; i < targets.length; i++) {
      int[] sequence = sequences.get(i / sizes.newTokens());
      targets[i] = sequence[sizes.promptTokens() + i % sizes.newTokens()];
    }
    return targets;
  }
}
