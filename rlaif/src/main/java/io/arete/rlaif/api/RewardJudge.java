package io.arete.rlaif.api;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.ScoreExplanation;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.recipe.RunEnsemble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run's ensemble of reward models in memory, which scores conversations as {@code arete score
 * --explain} does. Threads: see the package.
 */
public final class RewardJudge implements AutoCloseable {

  /** Conversations scored together; between two such batches a call can end. */
  private static final int BATCH = 32;

  private final Turns turns = new Turns("This reward judge");
  private final RunEnsemble ensemble;

  private RewardJudge(RunEnsemble ensemble) {
    this.ensemble = ensemble;
  }

  /**
   * Loads the reward models of a run, and the base that its recipe names. The run's folder is in
   * use only while this loads. The caller closes the judge.
   *
   * @throws io.arete.engine.AreteException if the folder is no run, another process works on it, or
   *     it has no reward models yet
   */
  public static RewardJudge open(Path run) {
    return new RewardJudge(FinishedRun.ensemble(run));
  }

  /**
   * What the model must be asked after its reply, so that there is something to score.
   *
   * @param facet the question is empty for the action, which is the reply itself
   */
  public Optional<String> question(Facet facet) {
    return ensemble.constitution().question(facet);
  }

  /** The score of one conversation. */
  public TalkScore score(TalkReplies talk) {
    return score(List.of(talk)).get(0);
  }

  /**
   * The scores of conversations, in their order.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<TalkScore> score(List<TalkReplies> talks) {
    return turns.call(
        () -> {
          List<TalkScore> scores = new ArrayList<>();
          for (int from = 0; from < talks.size(); from += BATCH) {
            turns.step();
            scores.addAll(batch(talks.subList(from, Math.min(talks.size(), from + BATCH))));
          }
          return List.copyOf(scores);
        });
  }

  private List<TalkScore> batch(List<TalkReplies> talks) {
    List<Prompt> prompts = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    for (TalkReplies talk : talks) {
      Prompt prompt = Prompt.of(talk.prompt());
      prompts.add(prompt);
      conversations.add(ensemble.conversation(prompt, talk.replies()));
    }
    return ensemble.explain(prompts, conversations).stream().map(RewardJudge::told).toList();
  }

  private static TalkScore told(ScoreExplanation explanation) {
    return explanation
        .score()
        .map(
            score ->
                new TalkScore(
                    OptionalDouble.of(score.value()), score.members(), explanation.text()))
        .orElseGet(() -> new TalkScore(OptionalDouble.empty(), Map.of(), explanation.text()));
  }

  /** Ends the call under way at its next batch; the judge stays open. */
  public void cancel() {
    turns.cancel();
  }

  /** Ends the call under way and frees the models. */
  @Override
  public void close() {
    turns.close(ensemble::close);
  }
}
