package io.arete.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a tokenizer and a template answers. */
class ChatModelTest {

  @Test
  void aReplyDoesNotDependOnItsNeighboursOrTheirOrder(@TempDir Path folder) {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    try (ChatModel chat = ChatModel.load(model, Dtype.FLOAT32, Device.CPU)) {
      List<Request> requests = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int[] prompt = chat.encoder().promptIds(List.of(Message.user("Say " + i % 5)));
        requests.add(new Request(prompt, 6 + i, CountedRandom.of(7).at(i)));
      }
      Generator many = new Generator(chat.decoder(), Adapters.NONE, chat.endOfTurn(), 5);
      Generator one = new Generator(chat.decoder(), Adapters.NONE, chat.endOfTurn(), 1);
      List<Reply> together = many.generate(requests, Sampling.plain());
      List<Request> reversed = new ArrayList<>(requests);
      java.util.Collections.reverse(reversed);
      List<Reply> backwards = one.generate(reversed, Sampling.plain());
      for (int i = 0; i < requests.size(); i++) {
        assertThat(together.get(i).ids())
            .containsExactly(backwards.get(requests.size() - 1 - i).ids());
      }
    }
  }

  @Test
  void laterTurnsAreThoseOfReadingTheWholeConversationAnew(@TempDir Path folder) {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    try (ChatModel chat = ChatModel.load(model, Dtype.FLOAT32, Device.CPU)) {
      Generator generator = new Generator(chat.decoder(), Adapters.NONE, chat.endOfTurn(), 3);
      int[] question = chat.encoder().promptIds(List.of(Message.user("Why?")));
      List<List<Request>> conversations = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        int[] prompt = chat.encoder().promptIds(List.of(Message.user("Say " + i % 3)));
        CountedRandom draws = CountedRandom.of(7).at(i);
        conversations.add(
            List.of(
                new Request(prompt, 4 + i, draws.at(0)),
                new Request(question, 5, draws.at(1)),
                new Request(question, 3, draws.at(2))));
      }
      List<List<Reply>> replies =
          generator.generateTurns(conversations, Sampling.plain(), reply -> {});
      for (int i = 0; i < conversations.size(); i++) {
        int[] read = new int[0];
        for (int turn = 0; turn < 3; turn++) {
          Request request = conversations.get(i).get(turn);
          read = concat(read, request.prompt());
          Request anew = new Request(read, request.maxNewTokens(), request.draws());
          Reply expected = generator.generate(List.of(anew), Sampling.plain()).get(0);
          Reply found = replies.get(i).get(turn);
          assertThat(found.ids()).containsExactly(expected.ids());
          assertThat(found.ended()).isEqualTo(expected.ended());
          read = concat(read, found.content(), new int[] {chat.encoder().endOfTurnId()});
        }
      }
    }
  }

  private static int[] concat(int[]... parts) {
    return java.util.Arrays.stream(parts).flatMapToInt(java.util.Arrays::stream).toArray();
  }
}
