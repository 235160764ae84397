package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import io.arete.rlaif.config.GeneralSection;
import io.arete.rlaif.config.Key;
import io.arete.rlaif.config.Nearest;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.gate.GateReadings;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.reward.GivenComparison;
import io.arete.rlaif.reward.PairTraining;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.FolderSettings;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A reward model of pairs that someone has, in a folder of its own. */
public final class PairTrainingRun {

  /** What decides the model, in its folder. */
  private static final List<String> USED =
      List.of("reward.", "gates.", "seed=", "tuning=", "dtype=", "threads=", "memory=");

  private static final String SETTINGS = "training.json";

  private static final String DTYPE = "dtype";

  private static final String REMEDY =
      "give more or clearer pairs, hold out more (--held-out-share), or train otherwise (--set"
          + " reward.epochs=…, --set reward.learning_rate=…)";

  private PairTrainingRun() {}

  /**
   * What is asked.
   *
   * @param base the model's folder
   * @param out the reward model's
   * @param file of the pairs, for messages and cards
   * @param pairs to learn from, and to hold out of if {@code heldOut} is empty
   * @param heldOut pairs that are held out; none of their prompts may be among the others
   * @param share of the prompts whose pairs are held out, where {@code heldOut} is empty
   * @param overrides of a recipe, {@code section.key=value}
   * @param forced gates that do not halt
   * @param versions of what computes, by name
   */
  public record Plan(
      Path base,
      Path out,
      Path file,
      List<GivenComparison> pairs,
      Optional<List<GivenComparison>> heldOut,
      double share,
      List<String> overrides,
      Set<String> forced,
      Map<String, String> versions) {

    /** Copies the lists. */
    public Plan {
      pairs = List.copyOf(pairs);
      heldOut = heldOut.map(List::copyOf);
      overrides = List.copyOf(overrides);
      forced = Set.copyOf(forced);
      versions = Map.copyOf(versions);
    }

    private List<GivenComparison> all() {
      List<GivenComparison> all = new ArrayList<>(pairs);
      heldOut.ifPresent(all::addAll);
      return all;
    }
  }

  /**
   * What came of it.
   *
   * @param found what evaluation.json says
   * @param stop why the model, which is there, should not be used, unless that was forced
   */
  public record Result(ObjectNode found, Optional<GateStop> stop) {}

  /**
   * Trains, or goes on where it was cut.
   *
   * @throws AreteException if the folder was begun with other settings, or pairs are too few
   */
  public static Result run(Plan plan, StageListener listener) {
    Recipe recipe = recipe(plan);
    Splits splits = splits(plan);
    if (Files.exists(plan.out()) && !Files.exists(plan.out().resolve(SETTINGS))) {
      requireEmpty(plan.out());
    }
    Threads.use(recipe.general().threads());
    try (RunFolder folder = RunFolder.openOut(plan.out())) {
      Path settings = folder.root().resolve(SETTINGS);
      Dtype dtype = dtype(recipe, settings);
      FolderSettings.claim(settings, settings(plan, recipe, splits, dtype), "to train anew");
      try (ChatModel model =
          ChatModel.load(
              plan.base(), RunEnvironment.form(recipe.general().tuning()), dtype, Device.CPU)) {
        StageContext context =
            new StageContext(
                recipe,
                folder,
                model,
                Constitution.load(recipe.general().constitution()),
                new RunData(prompts(plan), List.of(), Map.of(), 0, splits),
                listener);
        ObjectNode found = PairTraining.run(context, plan.file(), plan.all());
        return new Result(found, check(recipe, found, plan.forced(), listener));
      }
    }
  }

  /** The recipe of a run that has this training alone. */
  private static Recipe recipe(Plan plan) {
    plan.overrides().forEach(PairTrainingRun::requireUsed);
    Path name = plan.out().toAbsolutePath().normalize().getFileName();
    ObjectNode asked =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name == null ? "reward" : String.valueOf(name).replaceAll("[^\\w.-]", "-"))
            .put("base", plan.base().toAbsolutePath().toString());
    asked.putObject("data").put("pairs", plan.file().toAbsolutePath().toString());
    asked.putObject("sft").put("enabled", false);
    // Every JSON object is YAML.
    Recipe recipe =
        RecipeReader.parse(asked.toString(), "reward train", Path.of(""), plan.overrides());
    RecipeFiles.check(recipe, "reward train");
    PairTraining.requireOneModel(recipe.reward());
    requireMargins(plan, recipe.reward());
    return recipe;
  }

  /** Margins that nobody gave would be zeros, and the setting without any effect. */
  private static void requireMargins(Plan plan, RewardSection settings) {
    if (settings.margin() && plan.pairs().stream().allMatch(one -> one.margin() == 0)) {
      throw new AreteException(
          "reward.margin is true, but no pair of "
              + plan.file()
              + " has a margin other than 0; give it a column margin, or leave reward.margin"
              + " out.");
    }
  }

  /** Of other keys nothing would be heard again. */
  private static void requireUsed(String override) {
    if (USED.stream().noneMatch(override::startsWith)) {
      String key = override.split("=", 2)[0].strip();
      if (Recipe.keys().stream().noneMatch(known -> known.path().equals(key))) {
        throw new AreteException(
            "There is no key " + Quoted.plain(key) + "; the nearest is " + nearest(key) + ".");
      }
      throw new AreteException(
          "Training a reward model alone does not use the key of "
              + override
              + "; it uses those that begin with "
              + String.join(" ", USED)
              + " (what is held out is said by --held-out or --held-out-share).");
    }
  }

  private static String nearest(String key) {
    return Nearest.of(
        key,
        Recipe.keys().stream()
            .map(Key::path)
            .filter(path -> USED.stream().anyMatch((path + "=")::startsWith))
            .toList());
  }

  private static List<Prompt> prompts(Plan plan) {
    Map<String, Prompt> byId = new LinkedHashMap<>();
    plan.all().forEach(one -> byId.putIfAbsent(one.prompt().id(), one.prompt()));
    return List.copyOf(byId.values());
  }

  /** Other seeds of the training shall be tried on the same pairs. */
  private static Splits splits(Plan plan) {
    if (plan.heldOut().isEmpty()) {
      List<Prompt> everyOne = plan.pairs().stream().map(GivenComparison::prompt).toList();
      return Splits.make(everyOne, plan.share(), 0, 0);
    }
    Map<String, Split> placed = new LinkedHashMap<>();
    plan.pairs().forEach(one -> placed.put(one.prompt().id(), Split.TRAIN));
    for (GivenComparison one : plan.heldOut().get()) {
      if (placed.put(one.prompt().id(), Split.WATCH) == Split.TRAIN) {
        throw new AreteException(
            "The prompt of the held-out pair "
                + one.id()
                + " is among those to learn from, so it would be no test; take it out of one of the"
                + " files.");
      }
    }
    return Splits.make(prompts(plan), placed, 0, 0, 0);
  }

  private static void requireEmpty(Path out) {
    try (Stream<Path> there = Files.list(out)) {
      if (there.anyMatch(file -> !String.valueOf(file.getFileName()).startsWith("."))) {
        throw new AreteException(
            out + " holds files that no reward train made; name another --out.");
      }
    } catch (IOException e) {
      throw IoFailure.reading(out, e);
    }
  }

  /** A training that has begun keeps its element type, since measuring again may differ. */
  private static Dtype dtype(Recipe recipe, Path settings) {
    Dtype chosen =
        RunEnvironment.dtype(recipe.general(), settings.resolveSibling("run.json"), Device.CPU);
    return recipe.general().dtype() == GeneralSection.Dtype.AUTO
        ? FolderSettings.read(settings)
            .map(before -> Dtype.valueOf(before.path(DTYPE).asText().toUpperCase(Locale.ROOT)))
            .orElse(chosen)
        : chosen;
  }

  private static ObjectNode settings(Plan plan, Recipe recipe, Splits splits, Dtype dtype) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("base model", Digests.model(plan.base()));
    settings.put("pairs", Digests.text(plan.all().toString()));
    settings.put("split", Digests.text(splits.toJson().toString()));
    settings.put("recipe section reward", Digests.text(recipe.fingerprint("reward")));
    settings.put("seed", recipe.general().seed());
    RunEnvironment.of(plan.versions(), dtype, recipe.general().tuning()).forEach(settings::put);
    return settings;
  }

  /** Says what a gate found that does not halt; else why the model should not be used. */
  private static Optional<GateStop> check(
      Recipe recipe, ObjectNode found, Set<String> forced, StageListener listener) {
    for (GateResult result :
        GateReadings.reward(Facet.ACTION, found, recipe.gates(), recipe.reward().heldOut())) {
      if (result.halts() && !forced.contains(result.name())) {
        return Optional.of(new GateStop("this model from being used", result.mendedBy(REMEDY)));
      }
      if (!result.passed()) {
        listener.note(result.warning());
      }
    }
    return Optional.empty();
  }
}
