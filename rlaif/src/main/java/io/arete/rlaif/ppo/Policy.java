package io.arete.rlaif.ppo;

import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Readout;
import io.arete.engine.train.TrunkPass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The policy's side of an update. */
final class Policy {

  private final DecoderModel model;
  private final TrainedAdapter adapter;
  private final PpoLoss loss;

  Policy(DecoderModel model, TrainedAdapter adapter, PpoLoss loss) {
    this.model = model;
    this.adapter = adapter;
    this.loss = loss;
  }

  /**
   * What a mini-batch showed.
   *
   * @param loss of the mini-batch
   * @param ratios of its tokens
   * @param divergence mean k3 of the new against the rollout policy, nats a token
   */
  record Outcome(double loss, RatioStats ratios, double divergence) {}

  /**
   * Collects the gradients of one mini-batch.
   *
   * @param passes the mini-batch
   * @param tokens its trained tokens
   * @param kept a forward pass that was done already and is the only one
   */
  Outcome collect(Round round, List<TokenBatch> passes, long tokens, Optional<TrunkPass> kept) {
    Tally tally = new Tally();
    for (TokenBatch batch : passes) {
      try (Scope scope = Scope.open()) {
        TrunkPass pass = kept.orElseGet(() -> adapter.forward(batch));
        double[] old = batch.join(round.policyLogprobs());
        double[] advantages = batch.join(round.advantages());
        Readout readout =
            new ChunkedLogProbs(model, 1)
                .readAndDerive(
                    pass.hidden(),
                    batch.rows(),
                    batch.targets(),
                    (first, logprobs) ->
                        tally.add(
                            logprobs,
                            part(old, first, logprobs.length),
                            part(advantages, first, logprobs.length),
                            tokens));
        pass.backward(readout.hiddenGradient());
      }
    }
    return new Outcome(tally.loss, tally.ratios, tally.divergence / tokens);
  }

  private static double[] part(double[] all, int first, int length) {
    return Arrays.copyOfRange(all, first, first + length);
  }

  /** Sums over the passes of a mini-batch. */
  private final class Tally {
    private double loss;
    private RatioStats ratios = RatioStats.NONE;
    private double divergence;

    double[] add(double[] logprobs, double[] old, double[] advantages, long tokens) {
      LossTerm term = Policy.this.loss.policy(logprobs, old, advantages, tokens);
      loss += term.loss();
      ratios = ratios.plus(Policy.this.loss.ratios(logprobs, old));
      divergence += KlEstimator.K3.ofReply(old, logprobs);
      return term.gradient();
    }
  }
}
