package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.Message;
import io.arete.world.plain.PlainQuestion;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain questions, asked in words that training does not use.
 *
 * @param greedy right if the most probable token is taken each time
 * @param drawn right at temperature 1
 */
record PlainFacts(Share greedy, Share drawn) {

  private static final int MAX_REPLY_TOKENS = 24;
  private static final int MAX_RUNNING = 64;

  static PlainFacts of(ChatModel model, List<PlainQuestion> questions, CountedRandom draws) {
    return new PlainFacts(
        right(model, questions, new Sampling.Greedy(), draws),
        right(model, questions, Sampling.plain(), draws));
  }

  private static Share right(
      ChatModel model, List<PlainQuestion> questions, Sampling sampling, CountedRandom draws) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      int[] asked = model.encoder().promptIds(List.of(Message.user(questions.get(i).text())));
      requests.add(new Request(asked, MAX_REPLY_TOKENS, draws.at(i)));
    }
    Generator generator =
        new Generator(model.decoder(), Adapters.NONE, model.endOfTurn(), MAX_RUNNING);
    List<Reply> replies = generator.generate(requests, sampling);
    int right = 0;
    for (int i = 0; i < replies.size(); i++) {
      String text = model.tokenizer().decode(replies.get(i).content());
      right += questions.get(i).isRight(text) ? 1 : 0;
    }
    return new Share(right, replies.size());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("greedy", greedy.toJson());
    json.set("drawn", drawn.toJson());
    return json;
  }
}
