package io.arete.engine.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Operators, filters, tests, methods, tags and white space give what jinja2 gives. */
class ConstructGoldenTest {

  @TestFactory
  List<DynamicTest> everyConstructRendersAsInJinja2OrFailsAsThere() throws IOException {
    JsonNode golden = golden();
    Map<String, Object> context = ChatTemplateGoldenTest.variables(golden.get("context"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : golden.get("cases")) {
      String template = example.get("template").textValue();
      tests.add(DynamicTest.dynamicTest(template, () -> check(template, context, example)));
    }
    return tests;
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = ConstructGoldenTest.class.getResourceAsStream("/jinja/constructs.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  private static void check(String template, Map<String, Object> context, JsonNode example) {
    if (example.has("ok")) {
      assertThat(JinjaTemplate.parse(template).render(context))
          .isEqualTo(example.get("ok").textValue());
    } else {
      assertThatThrownBy(() -> JinjaTemplate.parse(template).render(context))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("line");
    }
  }
}
