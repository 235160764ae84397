package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;

/**
 * Systems on the verdict prompts, with the same draws, scored by the reward models and seen by
 * other judges.
 *
 * <pre>
 * evaluation/
 *   plan.json                   primary outcome, n and seed, written before the first sample
 *   SYSTEM.jsonl                one line a prompt: conversations and scores
 *   questions-SYSTEM.jsonl      one line a plain question
 *   refusals-SYSTEM.jsonl       one line a request that should or should not be refused
 *   peoples-replies-SYSTEM.jsonl  one line a reply that people preferred
 *   judge/                      another labeler's votes on base and tuned
 *   worth.jsonl                 each system's true worth by prompt, where the truth is known
 *   summary.json                the table, differences with intervals, KL, the verdict
 * </pre>
 */
public final class EvaluationStage {

  private EvaluationStage() {}

  /**
   * Runs the stage, or continues it after a kill.
   *
   * @throws io.arete.engine.AreteException if there are fewer than two verdict prompts, or a stage
   *     before is missing
   */
  public static void run(StageContext context) {
    new EvaluationWork(context).run();
  }

  /**
   * Does the first prompts again and says of each system how many lines come out otherwise.
   *
   * @param prompts at least so many, or all
   */
  public static ObjectNode repeat(StageContext context, int prompts) {
    return new EvaluationWork(context).repeat(prompts);
  }

  /**
   * Conversations that {@link #repeat} samples, of both systems.
   *
   * @param wanted prompts that are asked for
   * @param all prompts of the evaluation
   * @param samples of each
   */
  public static int repeatedConversations(int wanted, int all, int samples) {
    return 2 * samples * EvaluationWork.repeated(wanted, all, samples);
  }

  /** The file with the evaluation's numbers. */
  public static Path summary(RunFolder folder) {
    return summary(folder.root());
  }

  /** The same, of a run's folder that is only read. */
  public static Path summary(Path run) {
    return run.resolve(Stage.EVALUATION.folderName()).resolve("summary.json");
  }

  /** A system's lines, of a run's folder that is only read. */
  public static Path results(Path run, TestedSystem system) {
    return run.resolve(Stage.EVALUATION.folderName()).resolve(system.wireName() + ".jsonl");
  }

  /** What replies are really worth, a line a prompt; there only where the truth is known. */
  public static Path worth(Path run) {
    return run.resolve(Stage.EVALUATION.folderName()).resolve("worth.jsonl");
  }
}
