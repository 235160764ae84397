package io.arete.rlaif.sampling;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The likeliest actions, token by token: what a model says when nothing is drawn.
 *
 * @param model tokenizer and template
 * @param longest the most tokens of an action
 */
public record GreedyActions(ChatModel model, int longest) {

  private static final int MAX_RUNNING = 32;
  private static final int COMPARED = 32;

  /** The watch prompts on which two models' actions are compared. */
  public static List<Prompt> compared(List<Prompt> watch) {
    return watch.subList(0, Math.min(COMPARED, watch.size()));
  }

  /** The tokens of each prompt's action. */
  public List<int[]> of(StackedModel speaker, List<Prompt> prompts) {
    List<Request> requests = new ArrayList<>();
    for (Prompt prompt : prompts) {
      int[] ids = model.encoder().promptIds(prompt.messages());
      requests.add(new Request(ids, longest, CountedRandom.of(0)));
    }
    return requests.isEmpty()
        ? List.of()
        : new Generator(speaker.decoder(), speaker.adapters(), model.endOfTurn(), MAX_RUNNING)
            .generate(requests, new Sampling.Greedy()).stream().map(Reply::ids).toList();
  }

  /** How many actions are the same, token by token. */
  public static int same(List<int[]> before, List<int[]> now) {
    int same = 0;
    for (int i = 0; i < before.size(); i++) {
      same += Arrays.equals(before.get(i), now.get(i)) ? 1 : 0;
    }
    return same;
  }
}
