package io.arete.rlaif.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.engine.convert.ModelMerge;
import io.arete.engine.hub.RepoKind;
import io.arete.engine.hub.RepoName;
import io.arete.engine.hub.TransferProgress;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.RunManifest;
import io.arete.rlaif.table.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the folders that a run's models and data go up as. */
public final class RunPublication {

  /** The folder in a run that holds them. */
  public static final String FOLDER = "push";

  private static final String ADAPTER_CONFIG = "adapter_config.json";
  private static final int CONFIG_BYTES = 1 << 20;

  /** What belongs to a model; logs, checkpoints and states stay. */
  private static final List<String> OF_MODELS =
      List.of(
          "adapter_model.safetensors",
          "config.json",
          "generation_config.json",
          "model.safetensors",
          "model.safetensors.index.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "vocab.json",
          "merges.txt",
          "normalization.json",
          "evaluation.json",
          "held-out.jsonl");

  private final RunParts run;
  private final RepoName name;
  private final Origin origin;
  private final boolean merged;
  private final TransferProgress progress;
  private final String data;

  private RunPublication(
      RunParts run, RepoName name, Origin origin, boolean merged, TransferProgress progress) {
    this.run = run;
    this.name = name;
    this.origin = origin;
    this.merged = merged;
    this.progress = progress;
    this.data = name.with("preferences").toString();
  }

  /** Whether that folder is a run's. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("run.json"))
        && Files.isRegularFile(folder.resolve("recipe.yaml"));
  }

  /**
   * Makes them anew: the policy, a reward model of each facet, the preferences.
   *
   * @param name how the repositories' names begin
   * @throws AreteException if the run has not made all of them, is at work, or a file that it needs
   *     is gone
   */
  public static List<Publication> make(
      Path root, RepoName name, PublishWishes wishes, TransferProgress progress) {
    RunManifest.ofRun(root);
    try (RunFolder held = RunFolder.openMade(root)) {
      RunParts run = RunParts.of(held.root());
      Recipe recipe = RecipeReader.read(root.resolve("recipe.yaml"), List.of());
      Origin origin = Origin.of(recipe.general().base(), wishes);
      RunPublication making = new RunPublication(run, name, origin, wishes.merged(), progress);
      deleteAll(root.resolve(FOLDER));
      List<Publication> made = new ArrayList<>();
      made.add(making.policy(recipe));
      for (Facet facet : Facet.values()) {
        made.add(making.reward(facet));
      }
      made.add(making.preferences(recipe));
      return List.copyOf(made);
    } catch (IOException e) {
      throw FullDisk.writing(root.resolve(FOLDER), e);
    }
  }

  private Publication policy(Recipe recipe) throws IOException {
    Publication made = begin(RepoKind.MODEL, "policy");
    boolean whole = model(run.policy(), made.folder());
    if (run.json("evaluation/summary.json") instanceof ObjectNode found) {
      AtomicFile.writeText(
          made.folder().resolve("evaluation.json"), JsonFile.text(withJudgeName(found)));
    }
    copyIfThere("attack/summary.json", made.folder().resolve("attack.json"));
    return end(made, PolicyCard.markdown(run, recipe.ppo(), origin, data, whole));
  }

  private Publication reward(Facet facet) throws IOException {
    Publication made = begin(RepoKind.MODEL, "reward-" + facet.wireName());
    boolean whole = model(run.reward(facet), made.folder());
    return end(made, RewardCards.markdown(run, facet, origin, data, whole));
  }

  private Publication preferences(Recipe recipe) throws IOException {
    Publication made = begin(RepoKind.DATASET, "preferences");
    Path folder = Files.createDirectory(made.folder().resolve("data"));
    PreferenceRows rows = PreferenceRows.of(run, recipe);
    Map<Facet, Integer> counts = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      List<ObjectNode> found = rows.rows(run, facet);
      counts.put(facet, found.size());
      ParquetFile.write(
          folder.resolve(facet.wireName() + ".parquet"), PreferenceRows.COLUMNS, found);
    }
    copyIfThere("feedback/agreement.json", made.folder().resolve("agreement.json"));
    return end(made, DataCard.markdown(run, origin, data, counts));
  }

  private Publication begin(RepoKind kind, String word) throws IOException {
    RepoName repository = name.with(word);
    Path folder = run.root().resolve(FOLDER).resolve(repository.name());
    return new Publication(kind, repository, Files.createDirectories(folder));
  }

  private Publication end(Publication made, String card) {
    AtomicFile.writeText(made.folder().resolve("README.md"), card);
    AtomicFile.writeText(made.folder().resolve("recipe.yaml"), run.recipe());
    return made;
  }

  /** Whether what was written is a whole model. */
  private boolean model(Path source, Path target) throws IOException {
    Path config = source.resolve(ADAPTER_CONFIG);
    boolean adapter = Files.exists(config);
    boolean merging = adapter && merged;
    if (merging) {
      ModelMerge.write(
          origin.folder(),
          source,
          target,
          Optional.empty(),
          (tensor, done, total) -> progress.moved(done, total));
    }
    for (String file : OF_MODELS) {
      boolean weights = file.equals("adapter_model.safetensors");
      if (Files.exists(source.resolve(file)) && !(merging && weights)) {
        Files.deleteIfExists(target.resolve(file));
        place(source.resolve(file), target.resolve(file));
      }
    }
    if (adapter && !merging) {
      AtomicFile.writeText(target.resolve(ADAPTER_CONFIG), withBaseName(config));
    }
    return merging || !adapter;
  }

  /** The evaluation's numbers, with a judge on this machine as others find it. */
  private static ObjectNode withJudgeName(ObjectNode evaluation) {
    if (evaluation.path("judge") instanceof ObjectNode judge) {
      judge.put("who", Origin.nameOf(Path.of(judge.path("who").asText())));
    }
    return evaluation;
  }

  /** The adapter's settings, with the base as others find it. */
  private String withBaseName(Path config) {
    try {
      if (new ObjectMapper().readTree(BoundedText.read(config, CONFIG_BYTES))
          instanceof ObjectNode settings) {
        return JsonFile.text(settings.put("base_model_name_or_path", origin.name()));
      }
    } catch (JsonProcessingException e) {
      // falls through to the one sentence
    }
    throw new AreteException(config + " is no JSON object; repeat the stage that writes it");
  }

  private void copyIfThere(String file, Path target) throws IOException {
    if (Files.exists(run.root().resolve(file))) {
      place(run.root().resolve(file), target);
    }
  }

  /** A second name for the file where the disk can do that, else a copy. */
  private static void place(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(source, target);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(folder)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
