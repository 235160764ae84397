package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.text.Message;
import io.arete.engine.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How a chat template writes conversations: for scripts. */
@Command(
    name = "render",
    description = "Print conversations as the text and ids that a model reads.",
    sortOptions = false,
    customSynopsis = {
      "arete render [--generation-prompt] MODEL FILE",
      "arete render --template FILE --context FILE.json"
    },
    footer = {
      "",
      "Each line of FILE holds {\"messages\": [{\"role\": \"…\", \"content\": \"…\"}, …]} and gives",
      "one line {\"text\": \"…\", \"ids\": […]}. With --template and --context a bare template",
      "is rendered with the variables of a JSON object: one line {\"text\": \"…\"}."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class RenderCommand implements Runnable {

  private static final int LINES = 64;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      converter = PulledModel.class,
      description = "Model folder, or the name of a pulled model.")
  private @Nullable Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "JSON lines; - for standard input.")
  private @Nullable String file;

  @Option(
      names = "--generation-prompt",
      description = "Go on to where the assistant's next reply begins.")
  private boolean generationPrompt;

  @Option(names = "--template", paramLabel = "FILE", description = "A Jinja template.")
  private @Nullable Path template;

  @Option(
      names = "--context",
      paramLabel = "FILE.json",
      description = "The template's variables: a JSON object.")
  private @Nullable Path context;

  @Override
  public void run() {
    if (template != null && context != null && model == null) {
      String text = BareTemplate.render(template, context);
      AreteCommand.jsonLines(spec, "-")
          .write(List.of(JsonNodeFactory.instance.objectNode().put(LineEncoder.TEXT, text)));
    } else if (template == null && context == null && model != null && file != null) {
      renderLines(model, file);
    } else {
      throw new ParameterException(
          spec.commandLine(), "Give MODEL and FILE, or --template and --context.");
    }
  }

  private void renderLines(Path folder, String lines) {
    if (!Files.isDirectory(folder)) {
      throw new AreteException("There is no model folder " + folder + "; check the path.");
    }
    RunInstead.sentence(folder)
        .ifPresent(
            sentence -> {
              throw new AreteException(sentence);
            });
    try (LineEncoder encoder = new LineEncoder(folder, Tokenizer::load)) {
      AreteCommand.jsonLines(spec, lines)
          .transform(LINES, batch -> batch.stream().map(l -> output(encoder, l)).toList());
    }
  }

  private ObjectNode output(LineEncoder encoder, InputLine line) {
    List<Message> messages = ConversationLines.messages(line);
    try {
      String text = encoder.render(messages, generationPrompt);
      ObjectNode json = JsonNodeFactory.instance.objectNode().put(LineEncoder.TEXT, text);
      ArrayNode ids = json.putArray(LineEncoder.IDS);
      for (int id : encoder.encodeRendered(text)) {
        ids.add(id);
      }
      return json;
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }
}
