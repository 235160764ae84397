package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import io.arete.rlaif.text.Ids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Off by one token, a model's surprise at people's replies would be about other words. */
class MarkedSequenceTest {

  @TempDir private Path folder;

  /** Generation, token by token over its cache, is another way to the same numbers. */
  @Test
  void whatIsReadIsWhatGenerationSaidWhenItDrewTheTokens() {
    TinyChatModel.write(folder, 7);
    try (ChatModel model = ChatModel.load(folder, Dtype.FLOAT32, Device.CPU);
        StackedModel plain = StackedModel.plain(model.decoder())) {
      List<Request> requests =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      new Request(
                          model.encoder().promptIds(List.of(Message.user("What of " + i + "?"))),
                          5 + i,
                          CountedRandom.of(4).at(i)))
              .toList();
      List<Reply> replies =
          new Generator(plain.decoder(), plain.adapters(), model.endOfTurn(), 8)
              .generate(requests, Sampling.plain());
      List<MarkedSequence> marked = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        int[] ids = Ids.concat(requests.get(i).prompt(), replies.get(i).ids());
        int from = ids.length - replies.get(i).ids().length;
        marked.add(new MarkedSequence(ids, IntStream.range(from, ids.length).toArray()));
      }

      double[][] read = MarkedSequence.logProbs(marked, plain);

      for (int i = 0; i < read.length; i++) {
        assertThat(read[i]).containsExactly(replies.get(i).logProbs(), within(1e-4));
      }
    }
  }
}
