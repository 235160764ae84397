package io.arete.rlaif.evaluation;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ppo.KlEstimator;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the tuned model's replies went from its reference: k1 summed over a reply's tokens, from
 * log-probabilities of a forward pass, never from sampling.
 *
 * @param facets whose replies count: those that PPO trained
 */
record ReplyDivergence(ConversationPieces pieces, List<Facet> facets) {

  /** Conversations of one pass; fixed, so that results do not depend on where a run was cut. */
  private static final int CONVERSATIONS_PER_PASS = 8;

  /** A sequence with the places of the tokens that count. */
  private record Marked(int[] ids, int[] places) {}

  /** Nats for each conversation, given what the tuned model sampled. */
  double[] of(
      List<Prompt> prompts,
      List<Conversation> conversations,
      StackedModel tuned,
      StackedModel reference) {
    double[] nats = new double[conversations.size()];
    for (int from = 0; from < nats.length; from += CONVERSATIONS_PER_PASS) {
      List<Marked> marked = new ArrayList<>();
      for (int i = from; i < Math.min(nats.length, from + CONVERSATIONS_PER_PASS); i++) {
        marked.add(mark(prompts.get(i), conversations.get(i)));
      }
      double[][] ours = logProbs(marked, tuned);
      double[][] theirs = logProbs(marked, reference);
      for (int i = 0; i < marked.size(); i++) {
        nats[from + i] = KlEstimator.K1.ofReply(ours[i], theirs[i]);
      }
    }
    return nats;
  }

  private Marked mark(Prompt prompt, Conversation conversation) {
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
    return new Marked(ids, Ids.of(places));
  }

  private double[][] logProbs(List<Marked> marked, StackedModel model) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(marked.stream().map(Marked::ids).toList());
      int count = marked.stream().mapToInt(one -> one.places().length).sum();
      int[] rows = new int[count];
      int[] targets = new int[count];
      int at = 0;
      for (int i = 0; i < marked.size(); i++) {
        for (int place : marked.get(i).places()) {
          rows[at] = forest.index(i, place - 1);
          targets[at] = marked.get(i).ids()[place];
          at++;
        }
      }
      double[] all =
          new ChunkedLogProbs(model.decoder(), 1).read(model.read(forest), rows, targets);
      return split(all, marked);
    }
  }

  private static double[][] split(double[] all, List<Marked> marked) {
    double[][] parts = new double[marked.size()][];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      int end = at + marked.get(i).places().length;
      parts[i] = Arrays.copyOfRange(all, at, end);
      at = end;
    }
    return parts;
  }
}
