package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/**
 * Something that keeps a higher score from being called a better model.
 *
 * @param by who or what, as in files, such as {@code truth}
 * @param says a clause with the numbers
 * @param promptsThatWouldTell where it is only that too few prompts were asked: about how many
 *     would tell, if what was found is so
 */
public record Doubt(String by, String says, OptionalLong promptsThatWouldTell) {

  ObjectNode toJson() {
    return JsonNodeFactory.instance.objectNode().put("by", by).put("says", says);
  }
}
