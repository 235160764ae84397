package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.stats.ExactTest;
import java.util.List;
import java.util.Locale;

/**
 * How much the judge leans towards what is shown first.
 *
 * @param first pairs, each shown once in an order by chance, of which it preferred the first
 * @param p of a binomial test of that share against one half
 * @param lean mean over the pairs, nats; positive towards the first
 * @param orderDecided pairs on which the two orders prefer different conversations
 */
record LeanFacts(Share first, double p, double lean, Share orderDecided) {

  static LeanFacts of(List<AnsweredPair.Judged> pairs) {
    List<LogOddsVote> votes = pairs.stream().map(JudgeFacts::together).toList();
    Share first = Share.of(votes, vote -> vote.firstShownFirst() > 0);
    return new LeanFacts(
        first,
        ExactTest.binomial(first.count(), first.of(), 0.5),
        votes.stream().mapToDouble(LogOddsVote::positionBias).average().orElse(0),
        Share.of(votes, LogOddsVote::orderDecided));
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "of %d pairs the first is preferred in %d (binomial test: p = %.2g); lean %+.2f nats; the"
            + " order decides %s%n",
        first.of(),
        first.count(),
        p,
        lean,
        orderDecided.percent());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("first", first.toJson());
    json.put("p", p).put("lean_nats", lean);
    json.set("order_decided", orderDecided.toJson());
    return json;
  }
}
