package io.arete.engine.generate;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Dtype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cache of every family gives what reading the whole text anew gives. Mistral's window is 8
 * here: prompts and replies are longer.
 */
class FamilyGenerationTest {

  private static final int END = 7;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "gpt2", "gpt_neox"})
  void logProbsOfAllTurnsAreThoseOfReadingTheConversationAnew(String family) {
    try (DecoderModel model = TinyModels.of(family);
        Adapter adapter = TinyModels.adapter(model, false, 12);
        FrozenStack stack =
            new FrozenStack(List.of(adapter), model.config().layers(), Dtype.FLOAT32)) {
      List<List<Request>> conversations = conversations();
      List<List<Reply>> replies =
          new Generator(model, stack, Set.of(END), 4)
              .generateTurns(conversations, new Sampling.Random(0.8, 1, 0), reply -> {});
      for (int i = 0; i < conversations.size(); i++) {
        int[] read = {};
        for (int turn = 0; turn < conversations.get(i).size(); turn++) {
          Reply reply = replies.get(i).get(turn);
          read = joined(read, conversations.get(i).get(turn).prompt());
          Rereading.assertLogProbs(model, stack, 0.8, read, reply);
          read = joined(joined(read, reply.content()), new int[] {END});
        }
      }
    }
  }

  /**
   * Three turns each, of unlike lengths, so that rows leave and enter and some read many tokens.
   */
  private static List<List<Request>> conversations() {
    List<int[]> prompts = TinyModels.sequences(CountedRandom.of(3), 10, 30);
    List<int[]> questions = TinyModels.sequences(CountedRandom.of(4), 10, 12);
    List<List<Request>> conversations = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      CountedRandom draws = CountedRandom.of(9).at(i);
      conversations.add(
          List.of(
              new Request(prompts.get(i), 3 + 2 * i, draws.at(0)),
              new Request(questions.get(i), 12, draws.at(1)),
              new Request(new int[] {5}, 9, draws.at(2))));
    }
    return conversations;
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
