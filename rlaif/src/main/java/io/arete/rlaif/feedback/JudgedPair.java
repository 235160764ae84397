package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the judgements: what the labeler said about a pair, with every vote.
 *
 * @param id of the pair
 * @param firstPreferred what people or the truth say, if they do
 * @param judgement empty if the question was longer than the labeler can read
 */
public record JudgedPair(
    String id, Facet facet, Optional<Boolean> firstPreferred, Optional<Judgement> judgement) {

  /** The same with its votes weighed. */
  public JudgedPair weighed(MemberWeights weights) {
    return new JudgedPair(id, facet, firstPreferred, judgement.map(weights::weigh));
  }

  /**
   * The line as one JSON object, read back by {@link #ofJson} but for the rationales: those are for
   * people, and would fill the memory.
   */
  public ObjectNode toJson() {
    ObjectNode row =
        JsonNodeFactory.instance.objectNode().put("id", id).put("facet", facet.wireName());
    firstPreferred.ifPresent(preferred -> row.put("first_preferred", preferred));
    judgement.ifPresent(
        said -> {
          row.put("answer_mass", said.answerMass());
          if (said.failures() > 0) {
            row.put("failures", said.failures());
          }
          if (!said.heard().containsKey(Judgement.ALONE)) {
            write(said.heard(), row.putObject("members"));
          }
          ObjectNode votes = row.putObject("votes");
          for (WeightedVote vote : said.votes()) {
            ObjectNode one = votes.putObject(vote.virtue());
            one.put("weight", vote.weight())
                .put("first_shown_first", vote.vote().firstShownFirst())
                .put("second_shown_first", vote.vote().secondShownFirst());
            vote.reasons().ifPresent(reasons -> reasons.write(one.putObject("rationales")));
          }
        });
    return row;
  }

  /**
   * The line of a JSON object.
   *
   * @throws AreteException that names the wrong field
   */
  public static JudgedPair ofJson(ObjectNode row) {
    return new JudgedPair(
        row.path("id").asText(),
        facet(row.path("facet").asText()),
        Optional.ofNullable(row.get("first_preferred")).map(JsonNode::asBoolean),
        row.has("votes") ? Optional.of(judgement(row)) : Optional.empty());
  }

  private static Facet facet(String name) {
    try {
      return Facet.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new AreteException("the field facet is \"" + name + "\" but must name a facet", e);
    }
  }

  private static Judgement judgement(ObjectNode row) {
    List<WeightedVote> votes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : row.path("votes").properties()) {
      JsonNode vote = entry.getValue();
      votes.add(
          new WeightedVote(
              entry.getKey(),
              number(vote, "weight"),
              new LogOddsVote(
                  number(vote, "first_shown_first"), number(vote, "second_shown_first"))));
    }
    return new Judgement(votes, heard(row));
  }

  private static void write(Map<String, Judgement.Heard> members, ObjectNode row) {
    members.forEach(
        (name, heard) ->
            row.putObject(name)
                .put("answer_mass", heard.answerMass())
                .put("failures", heard.failures()));
  }

  private static Map<String, Judgement.Heard> heard(ObjectNode row) {
    if (!row.has("members")) {
      return Map.of(Judgement.ALONE, heardOf(row));
    }
    Map<String, Judgement.Heard> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : row.path("members").properties()) {
      members.put(member.getKey(), heardOf(member.getValue()));
    }
    return members;
  }

  private static Judgement.Heard heardOf(JsonNode row) {
    return new Judgement.Heard(number(row, "answer_mass"), row.path("failures").asInt());
  }

  private static double number(JsonNode row, String name) {
    JsonNode value = row.path(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new AreteException("the field " + name + " is " + value + " but must be a number");
    }
    return value.doubleValue();
  }
}
