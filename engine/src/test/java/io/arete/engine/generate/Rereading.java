package io.arete.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import java.util.Arrays;
import java.util.List;

/** Reads a generated text anew, without a cache. */
final class Rereading {

  private Rereading() {}

  /**
   * Fails unless the reply's log-probabilities are those of reading it anew.
   *
   * @param prompt all that stands before the reply
   */
  static void assertLogProbs(
      DecoderModel model, Adapters adapters, double temperature, int[] prompt, Reply reply) {
    int[] ids = reply.ids();
    int[] text = Arrays.copyOf(prompt, prompt.length + ids.length);
    System.arraycopy(ids, 0, text, prompt.length, ids.length);
    int[] rows = new int[ids.length];
    Arrays.setAll(rows, at -> prompt.length - 1 + at);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor hidden = model.trunk(Forest.of(List.of(text)), adapters);
      double[] expected = new ChunkedLogProbs(model, temperature).read(hidden, rows, ids);
      for (int at = 0; at < ids.length; at++) {
        assertThat(reply.logProbs()[at]).isCloseTo(expected[at], within(1e-4));
      }
    }
  }
}
