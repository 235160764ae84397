package io.arete.rlaif.evaluation;

import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ppo.formula.KlEstimator;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the tuned model's replies went from its reference: k1 summed over a reply's tokens, mean
 * over the replies that count, from log-probabilities of a forward pass, never from sampling.
 *
 * @param facets whose replies count: those that PPO trained
 */
record ReplyDivergence(ConversationPieces pieces, List<Facet> facets) {

  /** Conversations of one pass; fixed, so that results do not depend on where a run was cut. */
  private static final int CONVERSATIONS_PER_PASS = 8;

  /** Nats a reply for each conversation, given what the tuned model sampled. */
  double[] of(
      List<Prompt> prompts,
      List<Conversation> conversations,
      StackedModel tuned,
      StackedModel reference) {
    double[] nats = new double[conversations.size()];
    for (int from = 0; from < nats.length; from += CONVERSATIONS_PER_PASS) {
      List<MarkedSequence> marked = new ArrayList<>();
      for (int i = from; i < Math.min(nats.length, from + CONVERSATIONS_PER_PASS); i++) {
        marked.add(mark(prompts.get(i), conversations.get(i)));
      }
      double[][] ours = MarkedSequence.logProbs(marked, tuned);
      double[][] theirs = MarkedSequence.logProbs(marked, reference);
      for (int i = 0; i < marked.size(); i++) {
        nats[from + i] = KlEstimator.K1.ofReply(ours[i], theirs[i]) / facets.size();
      }
    }
    return nats;
  }

  private MarkedSequence mark(Prompt prompt, Conversation conversation) {
    List<Reply> replies = List.copyOf(conversation.replies().values());
    int[] ids = new int[0];
    List<Integer> places = new ArrayList<>();
    for (Facet facet : facets) {
      int[] before = pieces.before(prompt, facet, replies);
      int[] reply = Ids.of(conversation.reply(facet).ids());
      ids = Ids.concat(before, reply);
      for (int place = before.length; place < ids.length; place++) {
        places.add(place);
      }
    }
    return new MarkedSequence(ids, Ids.of(places));
  }
}
