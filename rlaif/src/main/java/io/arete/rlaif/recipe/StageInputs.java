package io.arete.rlaif.recipe;

import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.file.Box;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each stage's results are made from, by a name for people and a digest: recipe sections,
 * files, results of the stages before. Seed, dtype and threads stand in the run's environment.
 */
final class StageInputs {

  private final Recipe recipe;
  private final RunFolder folder;
  private final Map<String, String> always;

  StageInputs(Recipe recipe, Constitution constitution, RunFolder folder) {
    this.recipe = recipe;
    this.folder = folder;
    this.always = new TreeMap<>();
    always.put("base model", Digests.model(recipe.general().base()));
    always.put("constitution", Digests.text(constitution.toString()));
    section(always, "data");
    recipe.data().pairs().ifPresent(file -> always.put("data.pairs", Digests.file(file)));
    recipe.data().prompts().ifPresent(file -> always.put("data.prompts", Digests.file(file)));
  }

  /** The inputs of a stage; those before it must be done. */
  Map<String, String> of(Stage stage) {
    Map<String, String> inputs = new TreeMap<>(always);
    switch (stage) {
      case SFT -> {
        section(inputs, "sft");
        talks(inputs);
      }
      case FEEDBACK -> {
        section(inputs, "feedback");
        if (recipe.feedback().source() == FeedbackSection.Source.HUMAN) {
          // People's replies that no reward model could read get no feedback.
          keys(inputs, "reward", "max_length");
        }
        recipe
            .feedback()
            .judge()
            .ifPresent(judge -> inputs.put("feedback.judge", Digests.model(judge)));
        inputs.put("feedback.committee", committee(recipe.feedback().committee()));
        results(inputs, Stage.SFT);
      }
      case REWARD -> {
        section(inputs, "reward");
        keys(inputs, "feedback", "max_reply_tokens");
        results(inputs, Stage.SFT, Stage.FEEDBACK);
      }
      case PPO -> {
        section(inputs, "ppo");
        results(inputs, Stage.SFT, Stage.REWARD);
        if (recipe.ppo().fromPairs()) {
          section(inputs, "dpo");
          results(inputs, Stage.FEEDBACK);
        }
        if (recipe.ppo().ptx().enabled()) {
          section(inputs, "sft");
          talks(inputs);
        }
      }
      case EVALUATION -> {
        section(inputs, "evaluation");
        recipe
            .evaluation()
            .questions()
            .ifPresent(file -> inputs.put("evaluation.questions", Digests.file(file)));
        evaluation(inputs);
        if (recipe.evaluation().systems().stream().anyMatch(TestedSystem::ruled)) {
          keys(inputs, "attack", "rule");
        }
        scoring(inputs);
        results(inputs, Stage.SFT, Stage.REWARD, Stage.PPO);
      }
      case ATTACK -> {
        section(inputs, "attack");
        scoring(inputs);
        recipe
            .attack()
            .prompts()
            .ifPresent(file -> inputs.put("attack.prompts", Digests.file(file)));
        recipe
            .attack()
            .templates()
            .ifPresent(
                place ->
                    inputs.put(
                        "attack.templates",
                        Box.isIn(place) ? place : Digests.file(Path.of(place))));
        keys(inputs, "evaluation", "seed", "bootstrap");
        results(inputs, Stage.REWARD, Stage.PPO);
      }
    }
    return inputs;
  }

  private void talks(Map<String, String> inputs) {
    recipe
        .sft()
        .conversations()
        .ifPresent(file -> inputs.put("sft.conversations", Digests.file(file)));
  }

  /** What the evaluation reads beside the questions. */
  private void evaluation(Map<String, String> inputs) {
    EvaluationSection settings = recipe.evaluation();
    settings
        .unsafe()
        .ifPresent(file -> inputs.put("evaluation.refusals.unsafe", Digests.file(file)));
    settings.safe().ifPresent(file -> inputs.put("evaluation.refusals.safe", Digests.file(file)));
    settings
        .judge()
        .ifPresent(
            judge -> {
              inputs.put(
                  "evaluation.judge",
                  EvaluationSection.isFolder(judge) ? Digests.model(Path.of(judge)) : judge);
              keys(inputs, "feedback", "tie_threshold", "truth_slope");
            });
  }

  /** How conversations are sampled and scored after PPO: as in it. */
  private void scoring(Map<String, String> inputs) {
    keys(inputs, "ppo", "ensemble", "missing_end", "max_reply_tokens", "train_turns");
  }

  private void section(Map<String, String> inputs, String section) {
    inputs.put("recipe section " + section, Digests.text(recipe.fingerprint(section)));
  }

  /** What another stage's section says: of each name all keys that begin with it. */
  private void keys(Map<String, String> inputs, String section, String... names) {
    for (String name : names) {
      String key = section + "." + name;
      inputs.put(
          "recipe " + key,
          Digests.text(
              recipe
                  .fingerprint(section)
                  .lines()
                  .filter(line -> line.startsWith(key))
                  .collect(Collectors.joining("\n"))));
    }
  }

  private void results(Map<String, String> inputs, Stage... stages) {
    for (Stage stage : stages) {
      Path results = folder.stage(stage);
      inputs.put(
          "results of " + stage.wireName(),
          Files.isDirectory(results) ? Digests.folder(results) : "none");
    }
  }

  private static String committee(List<String> members) {
    return members.stream()
        .map(member -> FeedbackSection.isFolder(member) ? Digests.model(Path.of(member)) : member)
        .collect(Collectors.joining(" "));
  }
}
