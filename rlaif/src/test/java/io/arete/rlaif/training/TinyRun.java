package io.arete.rlaif.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.TinyChatModel;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs of a tiny model on people's pairs in which the better reply always says "yes". */
public final class TinyRun implements AutoCloseable {

  private static final List<String> WORDS =
      List.of("river", "stone", "garden", "winter", "letter", "market", "horse", "window");
  private static final String RECIPE =
      """
      name: tiny
      base: model
      dtype: float32
      data: {pairs: pairs.jsonl, watch_share: 0.3, verdict_share: 0.1}
      sft: {batch_size: 8, checkpoint_every: 2, learning_rate: 0.003}
      feedback: {max_reply_tokens: {action: 6, motivation: 6, consequences: 6}}
      reward: {batch_size: 8, checkpoint_every: 3, learning_rate: 0.005, max_length: 128}
      """;

  static {
    // So small a model has no work for two threads; on a busy machine they wait for each other.
    Threads.use(1);
  }

  private final Path folder;
  private final ChatModel model;

  /** Writes the model and the pairs. */
  public TinyRun(Path folder, int pairs) throws Exception {
    this.folder = folder;
    TinyChatModel.write(folder.resolve("model"), 7);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      String thing = WORDS.get(i % WORDS.size());
      lines.add(
          JsonNodeFactory.instance
              .objectNode()
              .put("prompt", "May I take the " + thing + " number " + i + "?")
              .put("chosen", "yes the " + thing)
              .put("rejected", "no the " + WORDS.get(i / WORDS.size() % WORDS.size()))
              .toString());
    }
    Files.write(folder.resolve("pairs.jsonl"), lines);
    model = ChatModel.load(folder.resolve("model"), Dtype.FLOAT32, Device.CPU);
  }

  /** The model. */
  public ChatModel model() {
    return model;
  }

  /** Does something in a run's folder, as a process of its own would. */
  public void in(
      String name, StageListener listener, List<String> overrides, Consumer<StageContext> stage) {
    Recipe recipe = RecipeReader.parse(RECIPE, "tiny.yaml", folder, overrides);
    try (RunFolder run = RunFolder.open(folder.resolve(name))) {
      stage.accept(
          new StageContext(
              recipe,
              run,
              model,
              Constitution.load("box:virtues"),
              RunData.load(recipe, run, model.encoder()),
              listener));
    }
  }

  /** Asks something of a run's folder. */
  public <T> T ask(String name, List<String> overrides, Function<StageContext, T> question) {
    List<T> answer = new ArrayList<>();
    in(name, StageListener.SILENT, overrides, context -> answer.add(question.apply(context)));
    return answer.get(0);
  }

  /** Digests of the files below a folder, by name. */
  public Map<String, String> files(String name) throws Exception {
    Path root = folder.resolve(name);
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!String.valueOf(file.getFileName()).equals(".lock")) {
          all.put(root.relativize(file).toString(), Digests.file(file));
        }
      }
    }
    return all;
  }

  /** All weights of an adapter folder. */
  public float[] weights(String name) {
    try (Adapter adapter =
        AdapterFiles.read(folder.resolve(name), model.decoder().config(), Device.CPU)) {
      return adapter.parameters().values().toFloats();
    }
  }

  /** Fails at the n-th thing that it is told of, as a kill would. */
  public static StageListener failingAt(int n) {
    int[] left = {n};
    return new StageListener() {
      @Override
      public void begin(String task, String unit, long total) {
        count();
      }

      @Override
      public void advance(long count) {
        count();
      }

      @Override
      public void note(String sentence) {
        count();
      }

      private void count() {
        left[0]--;
        if (left[0] == 0) {
          throw new Killed();
        }
      }
    };
  }

  /** What {@link #failingAt} throws. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void close() {
    model.close();
  }
}
