package io.arete.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Published chat templates render exactly as jinja2 renders them. */
class ChatTemplateGoldenTest {

  private static final JsonNode GOLDEN = GoldenFiles.json("chat-templates/golden.json");

  @TestFactory
  List<DynamicTest> everyPublishedTemplateRendersAsInJinja2() {
    List<DynamicTest> tests = new ArrayList<>();
    GOLDEN
        .get("expected")
        .properties()
        .forEach(
            template ->
                template
                    .getValue()
                    .properties()
                    .forEach(
                        expected ->
                            tests.add(
                                DynamicTest.dynamicTest(
                                    template.getKey() + " / " + expected.getKey(),
                                    () ->
                                        check(
                                            template.getKey(),
                                            expected.getKey(),
                                            expected.getValue())))));
    return tests;
  }

  private static void check(String template, String context, JsonNode expected) {
    String source = GOLDEN.get("templates").get(template).textValue();
    Map<String, Object> variables = variables(GOLDEN.get("contexts").get(context));
    if (expected.has("ok")) {
      assertThat(JinjaTemplate.parse(source).render(variables))
          .isEqualTo(expected.get("ok").textValue());
    } else {
      assertThatThrownBy(() -> JinjaTemplate.parse(source).render(variables))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("line");
    }
  }

  static Map<String, Object> variables(JsonNode json) {
    return new ObjectMapper().convertValue(json, new TypeReference<>() {});
  }
}
