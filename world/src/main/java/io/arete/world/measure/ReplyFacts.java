package io.arete.world.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether a facet's replies are language of the world at all.
 *
 * @param whole replies that ended by themselves and were recognised in full
 * @param distinct different texts
 * @param rightFillings mean share of the names, objects and places in a reply that are the
 *     prompt's; empty if no reply has any
 */
record ReplyFacts(Share whole, Share distinct, OptionalDouble rightFillings) {

  static ReplyFacts of(List<Answered> answered, Facet facet) {
    int distinct =
        (int)
            answered.stream().map(one -> one.conversation().reply(facet).text()).distinct().count();
    return new ReplyFacts(
        Share.of(
            answered,
            one ->
                one.gold(facet).recognised() == 1
                    && one.conversation().reply(facet).ended() == Reply.Ended.TURN),
        new Share(distinct, answered.size()),
        answered.stream()
            .flatMapToDouble(one -> one.gold(facet).rightFillings().stream())
            .average());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("whole", whole.toJson());
    json.set("distinct", distinct.toJson());
    rightFillings.ifPresent(value -> json.put("right_fillings", value));
    return json;
  }
}
