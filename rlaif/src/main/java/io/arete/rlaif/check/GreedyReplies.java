package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.sampling.GreedyActions;
import io.arete.rlaif.stage.StageContext;
import java.util.List;
import java.util.Objects;

/** How many greedy actions on watch prompts are the very tokens that the reference says. */
final class GreedyReplies {

  private GreedyReplies() {}

  /** Prompts, and how many of them have the same reply. */
  static ObjectNode unchanged(StageContext context, StackedModel policy, StackedModel reference) {
    List<Prompt> asked = GreedyActions.compared(context.data().prompts(Split.WATCH));
    int longest = Objects.requireNonNull(context.recipe().ppo().maxReplyTokens().get(Facet.ACTION));
    GreedyActions actions = new GreedyActions(context.model(), longest);
    int same = GreedyActions.same(actions.of(reference, asked), actions.of(policy, asked));
    return JsonNodeFactory.instance.objectNode().put("n", asked.size()).put("unchanged", same);
  }
}
