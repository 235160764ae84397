package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The mistakes of the study, made on the practice world by recipes and by replacing files of a run,
 * as recipes/study-mistakes/README.md says; and what the gates say of each.
 */
final class StudyMistakes {

  private static final String RECIPES = "../recipes/study-mistakes/";
  private static final List<String> FACETS = List.of("action", "motivation", "consequences");

  /** What nobody needs to tell a mistake by, and smaller sizes than the recipes'. */
  private static final List<String> SMALLER =
      List.of(
          "sft.max_steps=10",
          "feedback.prompts=120",
          "reward.epochs=2",
          "reward.held_out=40",
          "ppo.iterations=2",
          "ppo.prompts_per_iteration=16",
          "evaluation.prompts=32",
          "gates.best_of_prompts=0");

  private final Path root;

  /** Runs lie below that folder; those that are there are gone on with. */
  StudyMistakes(Path root) {
    this.root = root;
  }

  /** The run without a mistake; it is kept as it was after each stage that others begin with. */
  MistakeRow correct() throws IOException {
    for (String stage : List.of("feedback", "reward", "evaluation")) {
      Path kept = root.resolve("correct-at-" + stage);
      if (!Files.exists(kept)) {
        command("correct.yaml", "correct", stage);
        copyChanged(root.resolve("correct"), kept, run -> {});
      }
    }
    return doctor("correct", "none", "–", "");
  }

  /** A whole run of that seed without a mistake. */
  MistakeRow healthy(int seed) {
    return run(
        "seed-" + seed,
        "correct.yaml",
        "none",
        "–",
        "",
        "attack",
        "seed=" + seed,
        // With half of these one reward model in twenty is not told from a coin, and rightly stops.
        "feedback.prompts=240",
        "reward.held_out=80");
  }

  /** Every label is a tie, or those below a threshold. */
  MistakeRow ties(String strength, String threshold) {
    return run(
        "ties-" + threshold,
        "all-ties.yaml",
        "labels are ties",
        strength,
        "ties",
        "feedback",
        "feedback.tie_threshold=" + threshold,
        "feedback.prompts=40");
  }

  /** Replies are cut off after so many tokens. */
  MistakeRow cutReplies(String strength, int tokens) {
    List<String> settings = new ArrayList<>(List.of("feedback.prompts=60"));
    FACETS.forEach(facet -> settings.add("feedback.max_reply_tokens." + facet + "=" + tokens));
    return run(
        "cut-" + tokens,
        "cut-replies.yaml",
        "replies cut at " + tokens + " tokens",
        strength,
        "cut-replies",
        "feedback",
        settings.toArray(String[]::new));
  }

  /** The judge is told who is better before it reads. */
  MistakeRow biasedJudge(String strength, String constitution) {
    return run(
        constitution,
        "one-order.yaml",
        "the judge leans to the first",
        strength,
        "order",
        "feedback",
        "constitution=" + RECIPES + constitution + ".yaml",
        "feedback.prompts=40");
  }

  /** A share of the labels says "the first", whatever was said. */
  MistakeRow labelsToFirst(String strength, double share) throws IOException {
    String name = "first-" + share;
    mistaken(
        "feedback",
        name,
        run -> {
          for (String facet : FACETS) {
            Path file = run.resolve("feedback/preferences/" + facet + ".jsonl");
            Random random = new Random(1);
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
              boolean tied = random.nextDouble() < share;
              lines.add(tied ? line.replaceFirst("\"p\":[^,]+", "\"p\":1.0") : line);
            }
            Files.write(file, lines);
          }
        });
    return run(
        name,
        "correct.yaml",
        "ties count as \"the first\"",
        strength,
        "held-out-accuracy",
        "reward");
  }

  /** PPO reads a row of the head that was never trained, or one that is half so. */
  MistakeRow untrainedHead(String strength, double share) throws IOException {
    String name = "head-" + share;
    mistaken(
        "reward",
        name,
        run -> {
          for (String facet : FACETS) {
            HeadFiles.untrain(run.resolve("reward").resolve(facet), share);
          }
        });
    return doctor(name, "PPO reads an untrained class", strength, "scoring-path");
  }

  /** A folder of another program, whose head has a row for each of two classes. */
  MistakeRow twoClasses() throws IOException {
    String name = "two-classes";
    mistaken(
        "reward",
        name,
        run -> HeadFiles.doubleHead(run.resolve("reward/action/adapter_model.safetensors")));
    return doctor(name, "a two-class head folder", "full", "scoring-path");
  }

  /** Two facets' folders stand under each other's name; or one stands under both. */
  MistakeRow swappedFacets(String strength, boolean both) throws IOException {
    String name = "swapped-" + both;
    mistaken(
        "reward",
        name,
        run -> {
          Path reward = run.resolve("reward");
          copy(root.resolve("correct/reward/motivation"), reward.resolve("action"));
          if (both) {
            copy(root.resolve("correct/reward/action"), reward.resolve("motivation"));
          }
        });
    return doctor(name, "facets stand under other names", strength, "scoring-path");
  }

  /** Reward models of so many facets were trained on prompt and reply alone. */
  MistakeRow otherShape(String strength, int facets) throws IOException {
    mistaken("feedback", "prompt-reply", run -> {});
    command("other-shape.yaml", "prompt-reply", "reward");
    String name = "shape-" + facets;
    mistaken(
        "reward",
        name,
        run -> {
          for (String facet : FACETS.subList(FACETS.size() - facets, FACETS.size())) {
            Path from = root.resolve("prompt-reply/reward").resolve(facet);
            copy(from, run.resolve("reward").resolve(facet));
          }
        });
    return doctor(name, "rewards of texts of another shape", strength, "scoring-path");
  }

  /** The base's replies were drawn by another seed than the tuned model's. */
  MistakeRow unseeded(String strength, double share) throws IOException {
    mistaken("evaluation", "other-seed", run -> {});
    command("correct.yaml", "other-seed", "evaluation", "evaluation.seed=99");
    String name = "unseeded-" + share;
    mistaken(
        "evaluation",
        name,
        run -> {
          Path file = run.resolve("evaluation/base.jsonl");
          List<String> ours = Files.readAllLines(file);
          List<String> theirs =
              Files.readAllLines(root.resolve("other-seed/evaluation/base.jsonl"));
          List<String> mixed = new ArrayList<>();
          for (int i = 0; i < ours.size(); i++) {
            mixed.add(i < share * ours.size() ? theirs.get(i) : ours.get(i));
          }
          Files.write(file, mixed);
        });
    return doctor(name, "evaluation without a common seed", strength, "repeat");
  }

  private MistakeRow run(
      String name,
      String recipe,
      String mistake,
      String strength,
      String named,
      String to,
      String... more) {
    command(recipe, name, to, more);
    return doctor(name, mistake, strength, named);
  }

  private void command(String recipe, String name, String to, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("run", RECIPES + recipe, "--run", root.resolve(name), "--quiet"));
    Collections.addAll(arguments, "--to", to);
    if (more.length > 0 && more[0].startsWith("evaluation.")) {
      Collections.addAll(arguments, "--from", "evaluation");
    }
    SMALLER.forEach(setting -> Collections.addAll(arguments, "--set", setting));
    for (String setting : more) {
      Collections.addAll(arguments, "--set", setting);
    }
    CommandRun result = CommandRun.of("", arguments.toArray());
    if (result.code() == ExitCode.ERROR || result.code() == ExitCode.USAGE) {
      throw new IllegalStateException(name + ": " + result.messages());
    }
  }

  private MistakeRow doctor(String name, String mistake, String strength, String named) {
    CommandRun result = CommandRun.of("", "doctor", root.resolve(name), "--json", "--quiet");
    List<MistakeRow.Said> gates = new ArrayList<>();
    for (JsonNode gate : result.lines().get(0).path("gates")) {
      String outcome = gate.path("outcome").asText();
      if (outcome.equals("stopped") || outcome.equals("warned")) {
        gates.add(
            new MistakeRow.Said(
                gate.path("name").asText(),
                gate.path("about").asText(),
                outcome,
                // Where the run lies is nothing that a table tells.
                gate.path("value").asText().replace(root.resolve(name) + File.separator, "")));
      }
    }
    MistakeRow row =
        new MistakeRow(mistake, strength, named, result.code() == ExitCode.STOPPED, gates);
    System.out.println(row.line());
    return row;
  }

  /** How files of a run are changed. */
  private interface Change {
    void in(Path run) throws IOException;
  }

  /** The correct run as it was after a stage, and then changed; left as it is if it is there. */
  private void mistaken(String stage, String name, Change change) throws IOException {
    if (!Files.exists(root.resolve(name))) {
      copyChanged(root.resolve("correct-at-" + stage), root.resolve(name), change);
    }
  }

  /** Has its name when it is whole: a start after a cut must not take half of it for all. */
  private static void copyChanged(Path from, Path to, Change change) throws IOException {
    Path made = to.resolveSibling(to.getFileName() + ".new");
    copy(from, made);
    change.in(made);
    Files.move(made, to);
  }

  /** Copies a folder and all in it. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(from)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** All of them, and their table. */
  static List<MistakeRow> all(Path root) throws IOException {
    StudyMistakes study = new StudyMistakes(root);
    List<MistakeRow> rows = new ArrayList<>();
    rows.add(study.correct());
    rows.add(study.untrainedHead("full", 1));
    rows.add(study.untrainedHead("half", 0.5));
    rows.add(study.untrainedHead("a quarter", 0.25));
    rows.add(study.untrainedHead("a tenth", 0.1));
    rows.add(study.twoClasses());
    rows.add(study.swappedFacets("full", true));
    rows.add(study.swappedFacets("half", false));
    rows.add(study.labelsToFirst("full", 1));
    rows.add(study.labelsToFirst("three quarters", 0.75));
    rows.add(study.labelsToFirst("half", 0.5));
    rows.add(study.labelsToFirst("a quarter", 0.25));
    rows.add(study.otherShape("full", 3));
    rows.add(study.otherShape("half", 1));
    rows.add(study.unseeded("full", 1));
    rows.add(study.unseeded("half", 0.5));
    rows.add(study.unseeded("one prompt", 1 / 32.0));
    rows.add(study.ties("full", "0.499"));
    rows.add(study.ties("more than half", "0.35"));
    rows.add(study.ties("half", "0.25"));
    rows.add(study.ties("a quarter", "0.12"));
    rows.add(study.biasedJudge("full", "biased-judge"));
    rows.add(study.biasedJudge("half", "leaning-judge"));
    rows.add(study.cutReplies("full", 16));
    rows.add(study.cutReplies("20 tokens", 20));
    rows.add(study.cutReplies("24 tokens", 24));
    rows.add(study.cutReplies("half", 32));
    return rows;
  }
}
