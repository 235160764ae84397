package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How many greedy actions on watch prompts are the very tokens that the reference says. */
final class GreedyReplies {

  private static final int PROMPTS = 32;

  private GreedyReplies() {}

  /** Prompts, and how many of them have the same reply. */
  static ObjectNode unchanged(StageContext context, StackedModel policy, StackedModel reference) {
    List<Prompt> watch = context.data().prompts(Split.WATCH);
    List<Prompt> asked = watch.subList(0, Math.min(PROMPTS, watch.size()));
    List<Reply> before = replies(context, reference, asked);
    List<Reply> now = replies(context, policy, asked);
    int same = 0;
    for (int i = 0; i < asked.size(); i++) {
      same += Arrays.equals(before.get(i).ids(), now.get(i).ids()) ? 1 : 0;
    }
    return JsonNodeFactory.instance.objectNode().put("n", asked.size()).put("unchanged", same);
  }

  private static List<Reply> replies(
      StageContext context, StackedModel system, List<Prompt> prompts) {
    int longest = Objects.requireNonNull(context.recipe().ppo().maxReplyTokens().get(Facet.ACTION));
    List<Request> requests =
        prompts.stream()
            .map(
                prompt ->
                    new Request(
                        context.model().encoder().promptIds(prompt.messages()),
                        longest,
                        CountedRandom.of(0)))
            .toList();
    return requests.isEmpty()
        ? List.of()
        : new Generator(system.decoder(), system.adapters(), context.model().endOfTurn(), PROMPTS)
            .generate(requests, new Sampling.Greedy());
  }
}
