package io.arete.rlaif.feedback;

import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tiny run that has come to its feedback stage. */
final class FeedbackFixture implements AutoCloseable {

  static final String WORDING =
      """
      name: two
      virtues:
        honesty: {description: says what is true, weight: 2}
        respect: {description: treats everyone as a person, weight: 1}
        pride: {description: boasts, weight: 0}
      questions: {motivation: "Why?", consequences: "What for?"}
      reads: {action: whole, motivation: whole, consequences: prompt+reply}
      judge:
        wording: "{prompt} {part} A: {first} {part} B: {second} More {virtue}, {description}?"
        parts: {action: act, motivation: motive, consequences: outcome}
        answers: [A, B]
      """;

  private static final String RECIPE =
      """
      name: small
      base: model
      data: {pairs: pairs.jsonl, max_prompt_tokens: 60, watch_share: 0.3, verdict_share: 0.1}
      sft: {enabled: false}
      feedback:
        source: %s
        batch: 4
        max_reply_tokens: {action: 7, motivation: 5, consequences: 6}
      reward: {max_length: 60}
      """;

  private final Path root;
  final ChatModel model;

  FeedbackFixture(Path root, int pairs) throws IOException {
    this(root, write(root, pairs));
  }

  private FeedbackFixture(Path root, ChatModel model) {
    this.root = root;
    this.model = model;
  }

  /** The fixture that another process has written there. */
  static FeedbackFixture open(Path root) {
    return new FeedbackFixture(root, load(root));
  }

  private static ChatModel write(Path root, int pairs) throws IOException {
    TinyChatModel.write(root.resolve("model"), 5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < pairs; i++) {
      lines.append(pair("What is " + i + "?", "Good " + i, "Bad " + i));
    }
    // A second pair on one prompt, and a reply that no reward model here could read.
    lines.append(pair("What is 1?", "Fine", "Poor"));
    lines.append(pair("What is 2?", "Short", "far too long a reply ".repeat(30)));
    Files.writeString(root.resolve("pairs.jsonl"), lines);
    return load(root);
  }

  private static ChatModel load(Path root) {
    return ChatModel.load(root.resolve("model"), Dtype.FLOAT32, Device.CPU);
  }

  static Constitution constitution() {
    return Constitution.parse(WORDING, "test");
  }

  Recipe recipe(String source, String... overrides) {
    return RecipeReader.parse(RECIPE.formatted(source), "test", root, List.of(overrides));
  }

  StageContext context(Recipe recipe, RunFolder folder, StageListener listener) {
    return new StageContext(
        recipe,
        folder,
        model,
        constitution(),
        RunData.load(recipe, folder, model.encoder()),
        listener);
  }

  /** Runs the stage in a folder of that name. */
  Path run(String name, Recipe recipe, StageListener listener) {
    try (RunFolder folder = RunFolder.open(root.resolve(name))) {
      FeedbackStage.run(context(recipe, folder, listener));
    }
    return root.resolve(name);
  }

  /** Digests of all files but hidden ones, by name. */
  static Map<String, String> bytes(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          all.put(folder.relativize(file).toString(), Digests.file(file));
        }
      }
    }
    return all;
  }

  private static String pair(String prompt, String chosen, String rejected) {
    String start = "{\"chosen\": \"\\n\\nHuman: " + prompt + "\\n\\nAssistant: " + chosen;
    String end = "\", \"rejected\": \"\\n\\nHuman: " + prompt + "\\n\\nAssistant: " + rejected;
    return start + end + "\"}\n";
  }

  @Override
  public void close() {
    model.close();
  }
}
