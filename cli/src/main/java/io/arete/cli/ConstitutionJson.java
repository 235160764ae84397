package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JudgeExample;
import io.arete.rlaif.data.JudgeWording;
import io.arete.rlaif.data.Virtue;
import java.util.List;

/** A constitution for scripts: the file's keys, every default written out. */
final class ConstitutionJson {

  private ConstitutionJson() {}

  static ObjectNode of(Constitution constitution) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", constitution.name());
    ObjectNode virtues = json.putObject("virtues");
    constitution.virtues().forEach(virtue -> describe(virtue, virtues.putObject(virtue.name())));
    ObjectNode questions = json.putObject("questions");
    ObjectNode reads = json.putObject("reads");
    for (Facet facet : Facet.values()) {
      constitution.question(facet).ifPresent(text -> questions.put(facet.wireName(), text));
      reads.put(facet.wireName(), constitution.reads(facet).wireName());
    }
    describe(constitution.judge(), json.putObject("judge"));
    constitution
        .revision()
        .ifPresent(
            wording ->
                json.putObject("revision")
                    .put("critique", wording.critique())
                    .put("revise", wording.revise()));
    return json;
  }

  private static void describe(Virtue virtue, ObjectNode json) {
    json.put("description", virtue.description()).put("weight", virtue.weight());
    if (!virtue.present().isEmpty() || !virtue.absent().isEmpty()) {
      ObjectNode signs = json.putObject("signs");
      list(virtue.present(), signs, "present");
      list(virtue.absent(), signs, "absent");
    }
  }

  private static void list(List<String> texts, ObjectNode json, String name) {
    if (!texts.isEmpty()) {
      texts.forEach(json.putArray(name)::add);
    }
  }

  private static void describe(JudgeWording judge, ObjectNode json) {
    json.put("wording", judge.template());
    ObjectNode parts = json.putObject("parts");
    judge.parts().forEach((facet, word) -> parts.put(facet.wireName(), word));
    json.putArray("answers").add(judge.firstAnswer()).add(judge.secondAnswer());
    if (!judge.examples().isEmpty()) {
      ArrayNode examples = json.putArray("examples");
      judge.examples().forEach(example -> describe(judge, example, examples.addObject()));
    }
    judge
        .reasoning()
        .ifPresent(
            reasoning ->
                json.putObject("reasoning")
                    .put("wording", reasoning.wording())
                    .put("answer", reasoning.answer())
                    .put("tokens", reasoning.tokens()));
  }

  private static void describe(JudgeWording judge, JudgeExample example, ObjectNode json) {
    example.facet().ifPresent(facet -> json.put("facet", facet.wireName()));
    json.put("virtue", example.virtue().name())
        .put("prompt", example.prompt())
        .put("first", example.first())
        .put("second", example.second());
    example.reasoning().ifPresent(text -> json.put("reasoning", text));
    json.put("answer", example.saysFirst() ? judge.firstAnswer() : judge.secondAnswer());
  }
}
