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
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The computing of one PPO iteration: replies are generated and scored by every reward model, the
 * reference reads their log-probabilities, and policy and critic, on a stack each or on one, are
 * trained on the first turn with one mini-batch an epoch. The first epoch's forward passes give the
 * old log-probabilities and values.
 */
final class PpoIteration {

  /** Tokens of a later turn, which is scored and not trained. */
  private static final int LATER_QUESTION = 16;

  private static final int LATER_REPLY = 32;

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
   * @param newTokens of the reply that is trained
   * @param turns of a conversation, of which the first is trained; the last is all that the reward
   *     models beyond it read
   */
  record Sizes(
      int replies, int systemTokens, int promptTokens, int newTokens, int epochs, int turns) {

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
    List<List<int[]>> turns = new ArrayList<>();
    double seconds = Stopwatch.seconds(() -> turns.addAll(rollout()));
    List<int[]> sequences = turns.get(0);
    Forest forest = Forest.of(sequences);
    double head = subject.headGigaflops(sizes.generated());
    add(PpoPhase.GENERATING, seconds, generated(turns));
    double forward = subject.forwardGigaflops(forest);
    double training = subject.trainingGigaflops(forest);
    List<Forest> texts = turns.stream().map(Forest::of).toList();
    List<Forest> scored =
        IntStream.range(0, set.rewards().size())
            .mapToObj(i -> texts.get(Math.min(i, texts.size() - 1)))
            .toList();
    double scoring = scored.stream().mapToDouble(subject::forwardGigaflops).sum();
    take(PpoPhase.SCORING, scoring, () -> score(scored));
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

  /**
   * What generation computes: it reads all but the last token, whose prediction nobody wants, and
   * predicts each token of a reply.
   */
  private double generated(List<List<int[]>> turns) {
    List<int[]> read =
        turns.get(turns.size() - 1).stream()
            .map(ids -> Arrays.copyOf(ids, ids.length - 1))
            .toList();
    int later = (turns.size() - 1) * sizes.replies() * LATER_REPLY;
    return subject.forwardGigaflops(Forest.of(read))
        + subject.headGigaflops(sizes.generated() + later);
  }

  /** The conversations, as they are after each of their turns. */
  private List<List<int[]>> rollout() {
    int[] system = subject.ids(sizes.systemTokens(), "system", 0);
    List<List<Request>> conversations = new ArrayList<>();
    for (int i = 0; i < sizes.replies(); i++) {
      int own = sizes.promptTokens() - sizes.systemTokens();
      List<Request> requests = new ArrayList<>();
      int[] prompt = joined(system, subject.ids(own, "ppo", i));
      requests.add(new Request(prompt, sizes.newTokens(), draws(i, 0)));
      for (int turn = 1; turn < sizes.turns(); turn++) {
        int[] question = subject.ids(LATER_QUESTION, "question", turn);
        requests.add(new Request(question, LATER_REPLY, draws(i, turn)));
      }
      conversations.add(requests);
    }
    try (FrozenStack frozen = PpoSet.frozen(subject, set.policy())) {
      // No id ends a reply: all have the same length.
      List<List<Reply>> replies =
          new Generator(model, frozen, Set.of(), sizes.replies())
              .generateTurns(conversations, Sampling.plain(), reply -> {});
      List<List<int[]>> turns = new ArrayList<>();
      List<int[]> said = Collections.nCopies(sizes.replies(), new int[0]);
      for (int turn = 0; turn < sizes.turns(); turn++) {
        List<int[]> longer = new ArrayList<>();
        for (int i = 0; i < sizes.replies(); i++) {
          int[] asked = joined(said.get(i), conversations.get(i).get(turn).prompt());
          longer.add(joined(asked, replies.get(i).get(turn).ids()));
        }
        turns.add(longer);
        said = longer;
      }
      return turns;
    }
  }

  private static CountedRandom draws(int conversation, int turn) {
    return CountedRandom.of(1).at(conversation).at(turn);
  }

  /** Each reward model reads its own texts, all in one pass. */
  private void score(List<Forest> forests) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      List<Tensor> hidden =
          JointReading.read(
              model,
              IntStream.range(0, forests.size())
                  .mapToObj(
                      i ->
                          new JointReading.Reading(
                              forests.get(i), set.rewards().get(i).model().adapters()))
                  .toList());
      for (int i = 0; i < hidden.size(); i++) {
        int[] ends = new int[sizes.replies()];
        Arrays.setAll(ends, forests.get(i)::end);
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
