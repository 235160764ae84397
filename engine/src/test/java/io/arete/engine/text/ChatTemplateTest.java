package io.arete.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {

  private static final List<Message> GREETING = List.of(Message.user("Hi"));

  @TempDir Path folder;

  @Test
  void namedTokensMayBeStringsOrObjects() throws IOException {
    config(
        """
        {"bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false},
         "add_bos_token": true, "pad_token": null,
         "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ pad_token }}"}
        """);
    assertThat(ChatTemplate.load(folder).render(GREETING, false)).isEqualTo("<s>Hi</s>");
  }

  @Test
  void theTemplateNamedDefaultIsTakenFromAList() throws IOException {
    config(
        """
        {"chat_template": [{"name": "tool_use", "template": "tools"},
                           {"name": "default", "template": "{{ messages[0].role }}"}]}
        """);
    assertThat(ChatTemplate.load(folder).render(GREETING, true)).isEqualTo("user");
  }

  @Test
  void theTemplateFileGoesBeforeTheConfiguration() throws IOException {
    config("{\"bos_token\": \"<s>\", \"chat_template\": \"old\"}");
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ bos_token }}new");
    assertThat(ChatTemplate.load(folder).render(GREETING, true)).isEqualTo("<s>new");
  }

  @Test
  void theGenerationPromptIsWrittenWhereAskedAndToolsAreNone() {
    ChatTemplate template =
        ChatTemplate.of(
            "{{ tools }}{% if add_generation_prompt %}{{ eos_token }}{% endif %}",
            Map.of("eos_token", ">"));
    assertThat(template.render(GREETING, true)).isEqualTo("None>");
    assertThat(template.render(GREETING, false)).isEqualTo("None");
    assertThat(template.render(Map.of("eos_token", "!", "add_generation_prompt", true)))
        .isEqualTo("!");
  }

  @Test
  void aModelWithoutTemplateIsNamed() throws IOException {
    config("{\"bos_token\": \"<s>\"}");
    assertThatThrownBy(() -> ChatTemplate.load(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("has no chat template");
  }

  @Test
  void anUnknownRoleIsNamed() {
    assertThat(Role.of("assistant")).isEqualTo(Role.ASSISTANT);
    assertThatThrownBy(() -> Role.of("robot"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("'robot'");
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), json);
  }
}
