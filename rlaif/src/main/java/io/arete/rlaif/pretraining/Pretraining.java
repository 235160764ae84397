package io.arete.rlaif.pretraining;

import io.arete.engine.AreteException;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Threads;
import io.arete.engine.text.Tokenizer;
import io.arete.engine.train.LearningRate;
import io.arete.rlaif.config.PretrainModel;
import io.arete.rlaif.config.PretrainRecipe;
import io.arete.rlaif.config.PretrainTraining;
import io.arete.rlaif.extension.Corpus;
import io.arete.rlaif.extension.CorpusProvider;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.stage.WorkClock;
import io.arete.rlaif.training.WholeModelTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * From a corpus to a model folder; goes on where it was killed.
 *
 * <pre>
 * FOLDER/
 *   config.json model.safetensors generation_config.json   the model
 *   tokenizer.json tokenizer_config.json …                 its tokenizer
 *   README.md recipe.yaml                                  how it was made
 *   training/                                              checkpoints, metrics, seconds
 * </pre>
 */
public final class Pretraining {

  private static final double NORM_EPSILON = 1e-5;
  private static final double ROTARY_BASE = 10000;

  private Pretraining() {}

  /**
   * Trains to the recipe's last step, or to {@code until}, and writes the model as it is then.
   *
   * @param until steps after which it stops for now
   * @throws AreteException if the folder holds what another recipe made, or is in use
   */
  public static PretrainingResult run(
      PretrainRecipe recipe, Path folder, long until, StageListener listener) {
    Path work = folder.resolve("training");
    TrainingSeconds seconds = new TrainingSeconds(work.resolve("times.json"));
    try (RunFolder locked = RunFolder.openOut(work);
        WorkClock clock = new WorkClock(listener, seconds::add)) {
      claim(folder.resolve("recipe.yaml"), recipe);
      Threads.use(recipe.training().lanes());
      // 1. Texts become tokens.
      Corpus corpus = CorpusProvider.open(recipe.corpus(), recipe.seed());
      int context = recipe.model().context();
      TokenizerMaking.make(folder, corpus, recipe.tokenizer(), context, clock);
      try (Tokenizer tokenizer = Tokenizer.load(folder);
          TrainableWeights weights =
              TrainableWeights.fresh(
                  config(recipe.model(), tokenizer), recipe.seed(), Device.best())) {
        // 2. Tokens teach the weights.
        Documents documents = new Documents(corpus, tokenizer, context);
        Batches batches =
            Batches.of(
                documents, recipe.training().tokensPerStep(), recipe.tokenizer().documents());
        try (ReadAhead ahead = new ReadAhead(batches)) {
          new WholeModelTraining(weights, ahead, plan(recipe.training())).run(until, work, clock);
        }
        clock.count();
        // 3. The weights become files.
        PretrainingResult result =
            PretrainingResult.read(
                work.resolve("metrics.jsonl"),
                recipe.training().steps(),
                weights.parameters().values().elements(),
                seconds.read());
        String card = ModelCard.markdown(recipe, result);
        ModelExport.write(folder, weights, new ChatForm(tokenizer), card);
        return result;
      }
    }
  }

  /** A folder belongs to the recipe that began it. */
  private static void claim(Path file, PretrainRecipe recipe) {
    if (Files.exists(file) && !PretrainRecipe.read(file, List.of()).equals(recipe)) {
      throw new AreteException(
          file + " is another recipe than the one given; name a new folder, or take that recipe.");
    }
    AtomicFile.writeText(file, recipe.toYaml());
  }

  private static ModelConfig config(PretrainModel model, Tokenizer tokenizer) {
    return ModelConfig.llama(
        new BlockShape(
            model.hidden(), model.heads(), model.keyHeads(), model.headWidth(), model.inner()),
        model.layers(),
        tokenizer.vocabularySize(),
        model.context(),
        NORM_EPSILON,
        ROTARY_BASE);
  }

  private static WholeModelTraining.Plan plan(PretrainTraining training) {
    return new WholeModelTraining.Plan(
        training.steps(),
        new LearningRate.ConstantThenLinear(
            training.learningRate(),
            training.warmupSteps(),
            Math.round(training.constantShare() * training.steps()),
            training.steps(),
            training.finalShare()),
        training.weightDecay(),
        training.beta2(),
        training.gradientClip(),
        training.checkpointEvery(),
        training.lanes());
  }
}
