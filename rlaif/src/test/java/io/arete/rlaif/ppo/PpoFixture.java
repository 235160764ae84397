package io.arete.rlaif.ppo;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.ppo.formula.MissingEndPenalty;
import io.arete.rlaif.reward.FacetScorer;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.reward.ScoreNormalizer;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.training.Trainee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** A tiny model with prompts, in which every part of PPO can be run in a second. */
final class PpoFixture implements AutoCloseable {

  private static final long MODEL_SEED = 7;
  private static final List<String> SMALL =
      List.of(
          "ppo.iterations=2",
          "ppo.prompts_per_iteration=4",
          "ppo.samples_per_prompt=2",
          "ppo.max_reply_tokens.action=8",
          "ppo.max_reply_tokens.motivation=6",
          "ppo.max_reply_tokens.consequences=6");
  private static final String PROMPTS =
      """
      {"prompt": "May I lie?"}
      {"prompt": "Who was here?"}
      {"prompt": "Tell me a secret."}
      {"prompt": "Shall I help?"}
      {"prompt": "What is just?"}
      """;
  private static final String WATCHED =
      """
      {"prompt": "May I lie?", "split": "train"}
      {"prompt": "Who was here?", "split": "train"}
      {"prompt": "Tell me a secret.", "split": "train"}
      {"prompt": "Shall I help?", "split": "watch"}
      {"prompt": "What is just?", "split": "watch"}
      {"prompt": "Is it kind?", "split": "watch"}
      """;

  private static final String TALKS =
      """
      {"messages": [{"role": "user", "content": "May I?"}, {"role": "assistant", "content": "You may."}]}
      {"messages": [{"role": "user", "content": "And now?"}, {"role": "assistant", "content": "Now rest."}]}
      {"messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Nobody."}]}
      """;

  private final Path root;
  final ChatModel model;
  final Constitution constitution = Constitution.load("box:virtues");

  /** A context whose run folder is to be closed. */
  record Opened(StageContext context) implements AutoCloseable {
    @Override
    public void close() {
      context.folder().close();
    }
  }

  PpoFixture(Path root) {
    this.root = root;
    // A second thread has nothing to do at this size, and waiting for it costs most of the time.
    Threads.use(1);
    Path folder = root.resolve("model");
    if (!Files.exists(folder)) {
      TinyChatModel.write(folder, MODEL_SEED);
    }
    model = ChatModel.load(folder, Dtype.FLOAT32, Device.CPU);
    try {
      Files.writeString(root.resolve("prompts.jsonl"), PROMPTS);
      Files.writeString(root.resolve("talks.jsonl"), TALKS);
      Files.writeString(root.resolve("watched.jsonl"), WATCHED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path run(String name) {
    return root.resolve(name);
  }

  Recipe recipe(String... overrides) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(List.of(overrides));
    String text =
        "name: tiny\nbase: model\nseed: 3\nsft: {enabled: false}\n"
            + "data: {prompts: prompts.jsonl, watch_share: 0, verdict_share: 0}\n";
    return RecipeReader.parse(text, "tiny.yaml", root, all);
  }

  Opened open(String name, StageListener listener, String... overrides) {
    Recipe recipe = recipe(overrides);
    RunFolder folder = RunFolder.open(run(name));
    RunData data = RunData.load(recipe, folder, model.encoder());
    return new Opened(new StageContext(recipe, folder, model, constitution, data, listener));
  }

  /** Runs the stage against a scorer, to its end. */
  List<IterationHealth> train(String name, FacetScorer scorer, String... overrides) {
    List<IterationHealth> seen = new ArrayList<>();
    try (Opened opened = open(name, StageListener.SILENT, overrides)) {
      PpoStage.run(opened.context(), collecting(seen), scorer, Optional.empty());
    }
    return seen;
  }

  static PpoWatch collecting(List<IterationHealth> seen) {
    return new PpoWatch() {
      @Override
      public void beforeFirstStep(RoundHealth health) {}

      @Override
      public void afterIteration(IterationHealth health) {
        seen.add(health);
      }
    };
  }

  ConversationPieces pieces() {
    return new ConversationPieces(model.encoder(), constitution);
  }

  /** Reward models of random weights for all facets. */
  void writeRewards(String name) {
    try (Opened opened = open(name, StageListener.SILENT)) {
      for (Facet facet : Facet.values()) {
        Path folder = opened.context().folder().reward(facet);
        writeAdapter(folder, true, 50 + facet.ordinal());
        NormalizationFile.write(folder, new ScoreNormalizer(0.1, 2), 64);
      }
    }
  }

  void writeSft(String name) {
    try (Opened opened = open(name, StageListener.SILENT)) {
      writeAdapter(opened.context().folder().stage(Stage.SFT), false, 90);
    }
  }

  private void writeAdapter(Path folder, boolean withHead, long seed) {
    LoraConfig config = LoraConfig.of(2, 4, 0, EnumSet.of(Projection.Q, Projection.V));
    try (Adapter adapter =
            Adapter.fresh(config, model.decoder().config(), withHead ? 1 : 0, seed, Device.CPU);
        Scope scope = Scope.open()) {
      for (String parameter : adapter.parameters().names()) {
        if (!parameter.endsWith(".lora_A.weight")) {
          Tensor values = adapter.parameters().get(parameter);
          values.copyInPlace(Tensors.normal(Device.CPU, seed, 0.3, values.shape()));
        }
      }
      AdapterFiles.write(folder, adapter, "model");
    }
  }

  /**
   * Rewards tokens by the first number of their embedding: something that this model can learn,
   * since one direction of its hidden states raises all good tokens at once. A random reply has a
   * mean of 0, and its tokens an sd of 1.
   */
  static FacetScorer planted() {
    CountedRandom embedding = CountedRandom.of(MODEL_SEED).at("model.embed_tokens.weight");
    return byFacet(
        (facet, conversation) ->
            conversation.reply(facet).ids().stream()
                .mapToDouble(id -> embedding.gaussian(id * 32L))
                .average()
                .orElse(0));
  }

  /** A scorer of one conversation at a time. */
  static FacetScorer byFacet(ToDoubleBiFunction<Facet, Conversation> score) {
    return (prompts, conversations) -> {
      Map<Facet, double[]> scores = new EnumMap<>(Facet.class);
      for (Facet facet : Facet.values()) {
        scores.put(
            facet,
            conversations.stream().mapToDouble(one -> score.applyAsDouble(facet, one)).toArray());
      }
      return scores;
    };
  }

  /** A round of rollouts of the policy as it starts, with every number that learning needs. */
  Round round(PpoModels models, Recipe recipe, FacetScorer scorer) {
    PpoFormulas formulas = new PpoFormulas(recipe.ppo());
    List<Rollout> rollouts = rollouts(models, recipe, scorer);
    List<TokenBatch> passes = TokenBatch.split(rollouts, all(rollouts), 4096, 1);
    try (StackedModel policy = models.policy().trainee().frozen()) {
      return Round.of(
          rollouts,
          new RolloutReader(policy).logprobs(passes),
          new RolloutReader(models.reference()).logprobs(passes),
          models.valued().map(valued -> values(valued, passes)),
          formulas,
          0.05);
    }
  }

  static List<double[]> values(Trainee critic, List<TokenBatch> passes) {
    try (StackedModel valued = critic.frozen()) {
      return new RolloutReader(valued).values(passes, critic.heads().get(0));
    }
  }

  static List<Integer> all(List<Rollout> rollouts) {
    return java.util.stream.IntStream.range(0, rollouts.size()).boxed().toList();
  }

  List<Rollout> rollouts(PpoModels models, Recipe recipe, FacetScorer scorer) {
    PpoFormulas formulas = new PpoFormulas(recipe.ppo());
    RolloutCollector collector =
        new RolloutCollector(
            model,
            pieces(),
            recipe.ppo(),
            new RolloutScorer(scorer, new MissingEndPenalty.Subtract(0), formulas.ensemble()));
    try (StackedModel policy = models.policy().trainee().frozen()) {
      return collector.collect(
          GivenPrompt.read(root.resolve("prompts.jsonl"), 3).stream()
              .map(GivenPrompt::prompt)
              .toList(),
          policy,
          CountedRandom.of(5));
    }
  }

  PpoModels models(String... overrides) {
    try (Opened opened = open("models", StageListener.SILENT, overrides)) {
      return PpoModels.open(opened.context(), CountedRandom.of(4));
    }
  }

  /** Digests of all files of the policy's folder by their names. */
  Map<String, String> digests(String name) {
    Path folder = run(name).resolve("policy");
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .forEach(file -> all.put(folder.relativize(file).toString(), Digests.file(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  @Override
  public void close() {
    model.close();
  }
}
