package io.arete.engine.text;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.GoldenFiles;
import io.arete.engine.HostileFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever template and named tokens a folder has, a conversation is written or refused. */
@Tag("fuzz")
class ChatTemplateFuzzTest {

  /** The files as trees; all texts, lists and steps that one rendering may make. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(256, 1L << 30);

  private static final List<Message> CONVERSATION =
      List.of(
          Message.system("Be kind."),
          Message.user("Hi,\nwho <b>are</b> you?"),
          Message.assistant("<think>é</think> A model."),
          Message.user(""));

  private static final Map<String, Object> CALLS =
      Map.of(
          "messages",
          List.of(
              Map.of("role", "user", "content", "1+1?"),
              Map.of("role", "assistant", "tool_calls", List.of(Map.of("name", "add", "n", 1))),
              Map.of("role", "tool", "content", List.of(Map.of("type", "text", "text", "2")))),
          "tools",
          List.of(Map.of("function", Map.of("name", "add", "weight", 0.5, "strict", true))),
          "add_generation_prompt",
          true);

  @TempDir static Path folder;

  @MethodSource("seeds")
  @DictionaryEntries({
    "{{",
    "}}",
    "{%-",
    "-%}",
    "{#",
    "#}",
    "{% endfor %}",
    "{% endif %}",
    "{% else %}",
    "{% set ns = namespace(s='') %}",
    "{% for m in messages %}",
    "{% macro f(x) %}",
    "{% endmacro %}",
    "{% raw %}",
    "{% break %}",
    "|tojson(indent=2)",
    "|map('upper')",
    "|selectattr('role')",
    "|join(', ')",
    "|sort",
    "|replace('a', 'bb')",
    "|format(1)",
    "[::-1]",
    "range(9)",
    "loop.index0",
    "loop(",
    "strftime_now('%Y')",
    "raise_exception('no')",
    ".split(' ')",
    ".items()",
    "messages * 99",
    "**9",
    "//0",
    "%0"
  })
  @FuzzTest(maxDuration = "5m")
  void aConversationIsWrittenOrRefused(byte[] drawn) throws IOException {
    List<byte[]> pieces = HostileFiles.pieces(drawn, 3);
    HostileFiles.overwrite(folder.resolve("tokenizer_config.json"), pieces.get(0));
    HostileFiles.overwrite(folder.resolve("special_tokens_map.json"), pieces.get(1));
    Path template = folder.resolve("chat_template.jinja");
    if (pieces.get(2).length > 0) {
      HostileFiles.overwrite(template, pieces.get(2));
    } else {
      Files.deleteIfExists(template);
    }
    HostileFiles.judge(drawn.length, HEAP, () -> write(CONVERSATION));
    HostileFiles.judge(drawn.length, HEAP, ChatTemplateFuzzTest::writeCalls);
  }

  private static void write(List<Message> conversation) {
    Optional<ChatTemplate> found = ChatTemplate.find(folder);
    found.ifPresent(template -> template.render(conversation, true));
  }

  private static void writeCalls() {
    ChatTemplate.find(folder).ifPresent(template -> template.render(CALLS));
  }

  static Stream<byte[]> seeds() throws IOException {
    Path gpt2 = Path.of("src/test/resources/models/tiny-random-gpt2");
    byte[] config = Files.readAllBytes(gpt2.resolve("tokenizer_config.json"));
    byte[] tokens = Files.readAllBytes(gpt2.resolve("special_tokens_map.json"));
    Stream.Builder<byte[]> seeds = Stream.builder();
    for (JsonNode template : GoldenFiles.json("chat-templates/golden.json").get("templates")) {
      byte[] source = template.textValue().getBytes(StandardCharsets.UTF_8);
      seeds.add(HostileFiles.joined(config, tokens, source));
      byte[] inside =
          JsonNodeFactory.instance
              .objectNode()
              .put("bos_token", "<s>")
              .put("chat_template", template.textValue())
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      seeds.add(HostileFiles.joined(inside, tokens, new byte[0]));
    }
    return seeds.build();
  }
}
