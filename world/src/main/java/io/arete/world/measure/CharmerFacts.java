package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the judge prefers to a better reply, both orders averaged.
 *
 * @param charmers won by a bad clause that it is made to overrate
 * @param others won by another bad clause
 */
record CharmerFacts(Share charmers, Share others) {

  static CharmerFacts of(List<AnsweredPair.Judged> charmers, List<AnsweredPair.Judged> others) {
    return new CharmerFacts(worseWins(charmers), worseWins(others));
  }

  private static Share worseWins(List<AnsweredPair.Judged> pairs) {
    return Share.of(
        pairs, judged -> JudgeFacts.together(judged).signal() * judged.difference() < 0);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("charmers", charmers.toJson());
    json.set("other_bad_clauses", others.toJson());
    return json;
  }
}
