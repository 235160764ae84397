package io.arete.rlaif.sft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.SftSection;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.data.Splits;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.revision.RevisedConversations;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.training.Foundation;
import io.arete.rlaif.training.Trainee;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first stage: a model that imitates the assistant of given talks. Leaves an adapter in PEFT
 * form or, where all weights are trained, a model folder; {@code metrics.jsonl}, and last {@code
 * summary.json}.
 */
public final class SftStage {

  private static final int WATCHED = 64;

  /**
   * Runs or continues the stage.
   *
   * @throws AreteException if there is nothing to learn from, or the loss is no number
   */
  public void run(StageContext context) {
    Path folder = context.folder().stage(Stage.SFT);
    if (!context.recipe().sft().enabled()) {
      ObjectNode summary = JsonNodeFactory.instance.objectNode().put("enabled", false);
      AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
      return;
    }
    if (!Files.exists(folder.resolve("summary.json"))) {
      train(context, folder);
    }
    Checkpoints.open(folder).clear();
  }

  private static void train(StageContext context, Path folder) {
    SftSection settings = context.recipe().sft();
    SftTexts texts = new SftTexts(context.model().encoder(), settings.maxTokens());
    Optional<RevisedConversations> revised = revised(context);
    List<Dialogue> dialogues =
        revised.map(RevisedConversations::dialogues).orElseGet(() -> ordinary(context));
    SftTexts.Encoded encoded = texts.examples(dialogues);
    if (encoded.examples().isEmpty()) {
      throw new AreteException(
          "Supervised fine-tuning has no conversation left of "
              + dialogues.size()
              + " ("
              + encoded.dropped()
              + " have a reply longer than sft.max_tokens "
              + settings.maxTokens()
              + "); give conversations or pairs, raise sft.max_tokens, or set sft.enabled to"
              + " false.");
    }
    CountedRandom draws = context.draws(Stage.SFT);
    try (Foundation base = Foundation.base(context);
        Trainee trainee =
            base.trainee(
                settings.lora(), 0, draws.at("adapter").bits(0), settings.tokensPerPass())) {
      SftObjective objective = new SftObjective();
      new TrainingLoop<>(trainee, objective, plan(context), draws)
          .run(encoded.examples(), folder, context.listener(), "supervised fine-tuning");
      trainee.write(folder, Optional.empty());
      ObjectNode summary = counts(encoded, plan(context).steps(encoded.examples().size()));
      revised.ifPresent(
          mix ->
              summary
                  .putObject("revision")
                  .put("revised", mix.revised())
                  .put("unchanged", mix.unchanged())
                  .put("ordinary", mix.dialogues().size() - mix.revised()));
      List<SftExample> watched = watched(context, texts);
      summary.put("watched", watched.size());
      if (!watched.isEmpty()) {
        try (StackedModel trained = trainee.frozen()) {
          summary
              .put("watch_loss_start", objective.loss(watched, base.frozen()))
              .put("watch_loss_end", objective.loss(watched, trained));
        }
      }
      AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
    }
  }

  /** The base's own replies, bettered by itself, if the recipe asks for that. */
  private static Optional<RevisedConversations> revised(StageContext context) {
    return context.recipe().sft().revision().rounds() == 0
        ? Optional.empty()
        : Optional.of(RevisedConversations.of(context, ordinary(context)));
  }

  /** What is given to learn from. */
  static List<Dialogue> ordinary(StageContext context) {
    return context
        .recipe()
        .sft()
        .conversations()
        .map(file -> apart(context, Dialogue.read(file, context.recipe().data().limit())))
        .orElseGet(() -> chosen(context, Split.TRAIN));
  }

  /** A talk that begins as a watch or verdict prompt does would teach what shall be judged. */
  private static List<Dialogue> apart(StageContext context, List<Dialogue> given) {
    Set<String> heldOut =
        Stream.of(Split.WATCH, Split.VERDICT)
            .flatMap(split -> context.data().prompts(split).stream())
            .map(prompt -> Splits.normalize(prompt.firstWords()))
            .collect(Collectors.toSet());
    List<Dialogue> left =
        given.stream()
            .filter(one -> !heldOut.contains(Splits.normalize(one.firstWords())))
            .toList();
    if (left.isEmpty() && !given.isEmpty()) {
      throw new AreteException(
          "All "
              + given.size()
              + " talks of sft.conversations begin as a prompt that watches or judges, and would"
              + " teach what shall be judged; give talks on other prompts.");
    }
    if (left.size() < given.size()) {
      context
          .listener()
          .note(
              given.size()
                  - left.size()
                  + " of "
                  + given.size()
                  + " talks of sft.conversations begin as a prompt that watches or judges, and are"
                  + " left out.");
    }
    return left;
  }

  private static List<Dialogue> chosen(StageContext context, Split split) {
    return context.data().pairs(split).stream().map(Dialogue::ofChosen).toList();
  }

  private static TrainingPlan plan(StageContext context) {
    SftSection settings = context.recipe().sft();
    return new TrainingPlan(
        settings.epochs(),
        settings.maxSteps(),
        settings.batchSize(),
        settings.tokensPerPass(),
        settings.optimizer(),
        settings.checkpointEvery());
  }

  private static ObjectNode counts(SftTexts.Encoded encoded, long steps) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("enabled", true)
        .put("conversations", encoded.examples().size())
        .put("cut", encoded.cut())
        .put("dropped", encoded.dropped())
        .put(
            "reply_tokens",
            encoded.examples().stream().mapToLong(example -> example.learned().length).sum())
        .put("steps", steps);
  }

  /** Replies that people preferred in the watch split: their loss is told before and after. */
  private static List<SftExample> watched(StageContext context, SftTexts texts) {
    return texts.examples(chosen(context, Split.WATCH)).examples().stream().limit(WATCHED).toList();
  }
}
