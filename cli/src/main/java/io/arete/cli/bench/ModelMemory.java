package io.arete.cli.bench;

import io.arete.engine.forest.Forest;
import io.arete.engine.inspect.ResidentMemory;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.train.Backpropagation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a model needs: loaded, with all that PPO holds over it, and at the highest of a step of
 * reward training and of a PPO iteration. Every number is the whole process's, the JVM included.
 */
final class ModelMemory {

  private static final String NAME = "memory";
  private static final int REWARD_MODELS = 3;

  private final MemoryOptions options;
  private final CriticForm critic;
  private final Consumer<Measure> found;
  private double own;
  private double base;

  private ModelMemory(MemoryOptions options, CriticForm critic, Consumer<Measure> found) {
    this.options = options;
    this.critic = critic;
    this.found = found;
  }

  /**
   * Measures.
   *
   * @param load loads the model
   */
  static void run(
      MemoryOptions options,
      CriticForm critic,
      Supplier<DecoderModel> load,
      Consumer<Measure> found) {
    ResidentMemory.require();
    new ModelMemory(options, critic, found).run(load);
  }

  private void run(Supplier<DecoderModel> load) {
    own = ResidentMemory.kibibytes();
    show("the JVM and its libraries, before the model", own);
    ResidentMemory.resetPeak();
    double[] seconds = new double[1];
    DecoderModel[] loaded = new DecoderModel[1];
    seconds[0] = Stopwatch.seconds(() -> loaded[0] = load.get());
    try (DecoderModel model = loaded[0]) {
      base = ResidentMemory.kibibytes();
      show("the model loaded", base);
      show("highest while it was loaded", ResidentMemory.peakKibibytes());
      found.accept(new Measure(NAME, "loading", seconds[0], "s"));
      // No speed is compared here, so the ceiling does not matter.
      Subject subject = new Subject(model, 1);
      Backpropagation backpropagation = options.backpropagation(model);
      holdSet(subject);
      if (options.rewardStep()) {
        rewardStep(subject, backpropagation);
      }
      if (options.ppoStep()) {
        ppoStep(subject, backpropagation);
      }
    }
  }

  private void holdSet(Subject subject) {
    try (PpoSet set = new PpoSet(subject, options.targets(), REWARD_MODELS, critic)) {
      double held = ResidentMemory.kibibytes();
      show("with three reward models, policy, reference, critic", held);
      ratio("the same against the base alone", held);
      set.train();
      double trained = ResidentMemory.kibibytes();
      show("with gradients and optimizer states, too", trained);
      ratio("the same against the base alone", trained);
    }
  }

  private void rewardStep(Subject subject, Backpropagation backpropagation) {
    List<Forest> passes = new ArrayList<>();
    for (int first = 0; first < options.pairs(); first += options.pairsOfPass()) {
      List<int[]> sequences = new ArrayList<>();
      int end = Math.min(options.pairs(), first + options.pairsOfPass());
      for (int i = 2 * first; i < 2 * end; i++) {
        sequences.add(subject.ids(options.pairTokens(), "memory", i));
      }
      passes.add(Forest.of(sequences));
    }
    try (RewardTraining training =
        new RewardTraining(
            subject, passes, subject.adapter(1, options.targets()), backpropagation)) {
      peak("reward step", training::step);
    }
  }

  private void ppoStep(Subject subject, Backpropagation backpropagation) {
    try (PpoSet set = new PpoSet(subject, options.targets(), REWARD_MODELS, critic)) {
      set.train();
      peak("PPO step", new PpoIteration(subject, set, options.ppo(), backpropagation)::run);
    }
  }

  private void peak(String what, Runnable work) {
    ResidentMemory.resetPeak();
    double seconds = Stopwatch.seconds(work);
    show(what + ", highest", ResidentMemory.peakKibibytes());
    show(what + ", afterwards", ResidentMemory.kibibytes());
    found.accept(new Measure(NAME, what, seconds, "s"));
  }

  private void show(String what, double kibibytes) {
    found.accept(new Measure(NAME, what, kibibytes / 1024, "MiB"));
  }

  private void ratio(String what, double kibibytes) {
    found.accept(new Measure(NAME, what, (kibibytes - own) / (base - own), "times"));
  }
}
