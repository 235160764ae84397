package io.arete.engine.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.jinja.JinjaTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as the text that a model was trained on. */
public final class ChatTemplate {

  private final JinjaTemplate template;
  private final Map<String, String> tokens;

  private ChatTemplate(JinjaTemplate template, Map<String, String> tokens) {
    this.template = template;
    this.tokens = Map.copyOf(tokens);
  }

  /**
   * A template from its source.
   *
   * @param tokens what the template sees as {@code bos_token}, {@code eos_token} and so on
   * @throws AreteException if the template cannot be read
   */
  public static ChatTemplate of(String source, Map<String, String> tokens) {
    return new ChatTemplate(JinjaTemplate.parse(source), tokens);
  }

  /**
   * Loads the template of a model folder: chat_template.jinja, or else {@code chat_template} in
   * tokenizer_config.json, which is a string or a list of named templates with one named "default".
   *
   * @throws AreteException if there is no template or it cannot be read
   */
  public static ChatTemplate load(Path modelFolder) {
    return find(modelFolder)
        .orElseThrow(
            () ->
                new AreteException(
                    "The model folder %s has no chat template; add chat_template.jinja to it or use a"
                            .formatted(modelFolder)
                        + " model that was trained on conversations."));
  }

  /**
   * As {@link #load}, but nothing if the folder has no template.
   *
   * @throws AreteException if there is a template that cannot be read
   */
  public static Optional<ChatTemplate> find(Path modelFolder) {
    return source(modelFolder).map(source -> of(source, SpecialTokens.read(modelFolder)));
  }

  /**
   * The source of a folder's template, found as {@link #load} finds it.
   *
   * @throws AreteException if a file that could hold it cannot be read
   */
  public static Optional<String> source(Path modelFolder) {
    Path file = modelFolder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      return Optional.of(ModelFiles.text(file));
    }
    Path config = modelFolder.resolve("tokenizer_config.json");
    JsonNode template = ModelFiles.objectIfPresent(config).path("chat_template");
    if (template.isTextual()) {
      return Optional.of(template.textValue());
    }
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default") && named.path("template").isTextual()) {
        return Optional.of(named.path("template").textValue());
      }
    }
    return Optional.empty();
  }

  /**
   * Renders a conversation.
   *
   * @param addGenerationPrompt whether the text goes on to where an assistant's reply begins
   * @throws AreteException if the template refuses the conversation
   */
  public String render(List<Message> messages, boolean addGenerationPrompt) {
    List<Map<String, String>> turns = new ArrayList<>();
    for (Message message : messages) {
      turns.add(Map.of("role", message.role().wireName(), "content", message.content()));
    }
    Map<String, @Nullable Object> context = new HashMap<>();
    context.put("messages", turns);
    context.put("add_generation_prompt", addGenerationPrompt);
    context.put("tools", null);
    context.put("documents", null);
    return render(context);
  }

  /**
   * Renders with the variables of a context, and the named tokens where the context has none of
   * that name.
   *
   * @throws AreteException if the template fails
   */
  public String render(Map<String, ? extends @Nullable Object> context) {
    Map<String, @Nullable Object> variables = new HashMap<>(tokens);
    variables.putAll(context);
    return template.render(variables);
  }
}
