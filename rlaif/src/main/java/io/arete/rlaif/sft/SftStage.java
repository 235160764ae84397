package io.arete.rlaif.sft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.rlaif.config.SftSection;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.training.LoraForm;
import io.arete.rlaif.training.MemoryChoice;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The first stage: an adapter that imitates the assistant of given talks. Leaves the adapter in
 * PEFT form, {@code metrics.jsonl}, and last {@code summary.json}.
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
    List<Dialogue> dialogues = dialogues(context);
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
    DecoderModel model = context.model().decoder();
    CountedRandom draws = context.draws(Stage.SFT);
    try (Adapter adapter =
        Adapter.fresh(
            LoraForm.of(settings.lora(), model.config().family()),
            model.config(),
            0,
            draws.at("adapter").bits(0),
            model.device())) {
      AdapterStack stack = AdapterStack.BASE.with(adapter);
      SftObjective objective = new SftObjective(model);
      new TrainingLoop<>(model, stack, objective, plan(context), draws)
          .run(encoded.examples(), folder, context.listener(), "supervised fine-tuning");
      AdapterFiles.write(folder, adapter, context.recipe().general().base().toString());
      ObjectNode summary = counts(encoded, plan(context).steps(encoded.examples().size()));
      watch(context, texts, objective, stack, summary);
      AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
    }
  }

  private static List<Dialogue> dialogues(StageContext context) {
    return context
        .recipe()
        .sft()
        .conversations()
        .map(file -> Dialogue.read(file, context.recipe().data().limit()))
        .orElseGet(() -> chosen(context, Split.TRAIN));
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
        MemoryChoice.of(context, settings.lora(), settings.tokensPerPass()),
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

  /** The loss on replies that people preferred in the watch split, before and after. */
  private static void watch(
      StageContext context,
      SftTexts texts,
      SftObjective objective,
      AdapterStack stack,
      ObjectNode summary) {
    List<SftExample> watched =
        texts.examples(chosen(context, Split.WATCH)).examples().stream().limit(WATCHED).toList();
    summary.put("watched", watched.size());
    if (watched.isEmpty()) {
      return;
    }
    DecoderModel model = context.model().decoder();
    try (FrozenStack frozen = stack.frozen(model.config().layers(), model.dtype())) {
      // A fresh adapter changes nothing, so the loss at the start is the plain base's.
      summary
          .put("watch_loss_start", objective.loss(watched, Adapters.NONE))
          .put("watch_loss_end", objective.loss(watched, frozen));
    }
  }
}
