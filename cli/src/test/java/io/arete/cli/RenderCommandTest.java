package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyChatModel;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {

  private static final JsonNode GOLDEN = GoldenFiles.json("chat-templates/golden.json");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> bareTemplatesRenderAsInJinja2() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> template : GOLDEN.get("expected").properties()) {
      for (Map.Entry<String, JsonNode> expected : template.getValue().properties()) {
        tests.add(
            DynamicTest.dynamicTest(
                template.getKey() + " / " + expected.getKey(),
                () -> checkBare(template.getKey(), expected.getKey(), expected.getValue())));
      }
    }
    return tests;
  }

  @Test
  void aModelsConversationIsItsTextAndIds() {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    String input = "{\"messages\": [{\"role\": \"user\", \"content\": \" Grüße \"}]}\n";
    String closed = "user:  Grüße <|endoftext|>";
    check(CommandRun.of(input, "render", model, "-"), model, closed);
    check(
        CommandRun.of(input, "render", "--generation-prompt", model, "-"),
        model,
        closed + "assistant: ");
  }

  @Test
  void aTemplateWithoutAContextIsWrongUsage() {
    CommandRun run = CommandRun.of("", "render", "--template", "a.jinja");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.messages()).contains("--template and --context");
  }

  @Test
  void aContextThatIsNoObjectIsNamed() throws IOException {
    Path template = Files.writeString(folder.resolve("t.jinja"), "x");
    Path context = Files.writeString(folder.resolve("c.json"), "[1]");
    CommandRun run = CommandRun.of("", "render", "--template", template, "--context", context);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.messages()).contains("c.json is no JSON object");
  }

  private void checkBare(String template, String context, JsonNode expected) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("template.jinja"), GOLDEN.get("templates").get(template).textValue());
    Path variables =
        Files.writeString(
            folder.resolve("context.json"), GOLDEN.get("contexts").get(context).toString());
    CommandRun run = CommandRun.of("", "render", "--template", source, "--context", variables);
    if (expected.has("ok")) {
      assertThat(run.messages()).isEmpty();
      assertThat(run.lines().get(0).get("text")).isEqualTo(expected.get("ok"));
    } else {
      assertThat(run.code()).isEqualTo(ExitCode.ERROR);
      assertThat(run.messages()).contains("template", "line").doesNotContain("\n");
      assertThat(run.output()).isEmpty();
    }
  }

  private static void check(CommandRun run, Path model, String text) {
    JsonNode line = run.lines().get(0);
    assertThat(line.get("text").textValue()).isEqualTo(text);
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(GoldenTensors.ids(line.get("ids"))).containsExactly(tokenizer.encode(text));
    }
  }
}
