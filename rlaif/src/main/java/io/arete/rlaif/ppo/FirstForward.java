package io.arete.rlaif.ppo;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.ScalarReadout;
import io.arete.engine.train.TrunkPass;
import io.arete.rlaif.training.Trainee;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy's forward pass over a new round: its log-probabilities are the old ones of every
 * ratio, and where it has the critic's head, that gives the values. Where the first optimizer step
 * takes the whole round, and the round is one pass, that step goes backward through this very pass
 * instead of doing it again.
 */
final class FirstForward implements AutoCloseable {

  private final RolloutReader.Said said;
  private @Nullable Scope scope;
  private @Nullable TrunkPass kept;

  private FirstForward(RolloutReader.Said said, @Nullable Scope scope, @Nullable TrunkPass kept) {
    this.said = said;
    this.scope = scope;
    this.kept = kept;
  }

  /**
   * Runs it.
   *
   * @param frozen the policy as it is now
   * @param passes the whole round
   * @param keep whether the first step takes the whole round, so that a single pass is worth
   *     keeping
   */
  static FirstForward run(
      Trainee policy, StackedModel frozen, List<TokenBatch> passes, boolean keep) {
    Optional<ScalarHead> head = policy.heads().stream().findFirst();
    Scope scope = Scope.open();
    try {
      Optional<TrunkPass> forward =
          keep && passes.size() == 1 ? policy.forward(passes.get(0).forest()) : Optional.empty();
      if (forward.isEmpty()) {
        scope.close();
        return new FirstForward(new RolloutReader(frozen).both(passes, head), null, null);
      }
      TokenBatch batch = passes.get(0);
      TrunkPass pass = forward.get();
      List<double[]> logprobs =
          scattered(
              batch,
              new ChunkedLogProbs(frozen.decoder(), 1)
                  .read(pass.hidden(), batch.rows(), batch.targets()));
      Optional<List<double[]>> values =
          head.map(
              one ->
                  scattered(
                      batch,
                      new ScalarReadout(frozen.decoder(), one).read(pass.hidden(), batch.rows())));
      return new FirstForward(new RolloutReader.Said(logprobs, values), scope, pass);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private static List<double[]> scattered(TokenBatch batch, double[] joined) {
    double[][] round = new double[batch.members().size()][];
    batch.scatter(joined, round);
    return Arrays.asList(round);
  }

  /** Log-probabilities of the trained tokens, for each rollout {@code [tokens]}. */
  List<double[]> logprobs() {
    return said.logprobs();
  }

  /** Values before the trained tokens, for each rollout {@code [tokens]}, if there is a head. */
  Optional<List<double[]>> values() {
    return said.values();
  }

  /** The pass, if it was kept and is still there. It can be sent backward once. */
  Optional<TrunkPass> pass() {
    return Optional.ofNullable(kept);
  }

  /** Frees the pass; what comes after does its own. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      scope = null;
      kept = null;
    }
  }
}
