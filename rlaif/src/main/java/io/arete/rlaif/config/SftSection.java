package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Supervised fine-tuning on conversations, the first stage.
 *
 * @param enabled whether the stage runs; without it everything starts from the base
 * @param conversations JSON lines of messages; empty = the chosen replies of the train pairs
 * @param revision how the base betters its own replies, to learn from these too
 * @param maxTokens longer conversations are cut from their left; left out if the last reply is
 *     longer
 * @param epochs passes over the conversations
 * @param maxSteps the most optimizer steps; 0 = no cap
 * @param batchSize conversations of one optimizer step
 * @param tokensPerPass tokens of one forward and backward pass; a batch takes several
 * @param optimizer how the weights move
 * @param lora the adapter
 * @param checkpointEvery steps between two checkpoints
 */
public record SftSection(
    boolean enabled,
    Optional<Path> conversations,
    RevisionSettings revision,
    int maxTokens,
    int epochs,
    int maxSteps,
    int batchSize,
    int tokensPerPass,
    OptimizerSettings optimizer,
    LoraSettings lora,
    int checkpointEvery) {

  static final KeyList KEYS = new KeyList("sft", "Supervised fine-tuning on conversations");
  static final Key<Boolean> ENABLED =
      KEYS.flag("enabled", true, "whether the stage runs; else all starts from the base");
  static final Key<Optional<Path>> CONVERSATIONS =
      KEYS.optionalPath(
          "conversations",
          "conversations as JSON lines of messages; without it, the chosen replies of the train"
              + " pairs");
  private static final RevisionKeys REVISION = RevisionKeys.declare(KEYS);
  private static final Key<Integer> MAX_TOKENS =
      KEYS.whole(
          "max_tokens",
          192,
          Range.of(8, 131072),
          "tokens",
          "longer conversations are cut from their left; those whose last reply alone is longer are"
              + " left out");
  private static final Key<Integer> EPOCHS = TrainingKeys.epochs(KEYS);
  private static final Key<Integer> MAX_STEPS =
      KEYS.whole("max_steps", 0, Range.atLeast(0), "steps", "the most steps; 0 sets no cap");
  private static final Key<Integer> BATCH_SIZE = TrainingKeys.batchSize(KEYS, "conversations");
  private static final Key<Integer> TOKENS_PER_PASS = TrainingKeys.tokensPerPass(KEYS);
  private static final OptimizerKeys OPTIMIZER = OptimizerKeys.declare(KEYS, 2e-4);
  private static final LoraKeys LORA = LoraKeys.withDropout(KEYS, "lora");
  private static final Key<Integer> CHECKPOINT_EVERY =
      TrainingKeys.checkpointEvery(KEYS, 10, "steps");

  static SftSection read(Values values) {
    return new SftSection(
        values.get(ENABLED),
        values.get(CONVERSATIONS),
        REVISION.read(values),
        values.get(MAX_TOKENS),
        values.get(EPOCHS),
        values.get(MAX_STEPS),
        values.get(BATCH_SIZE),
        values.get(TOKENS_PER_PASS),
        OPTIMIZER.read(values),
        LORA.read(values),
        values.get(CHECKPOINT_EVERY));
  }
}
