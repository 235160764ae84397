package io.arete.cli;

import io.arete.engine.chat.Speaker;
import io.arete.engine.chat.Talk;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import io.arete.rlaif.file.VisibleText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A conversation with a person. */
@Command(
    name = "chat",
    description = "Talk with a model.",
    sortOptions = false,
    footer = {"", "Type a line and read the reply. /new forgets the conversation, /quit ends it."})
@SuppressWarnings("unused") // picocli fills the fields
final class ChatCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;

  @Option(names = "--system", paramLabel = "TEXT", description = "What the system says first.")
  private @Nullable String system;

  @Option(
      names = "--compare",
      description =
          "Let the model without its adapters answer, too; each of the two goes on with its own"
              + " conversation, on the same draws.")
  private boolean compare;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "512",
      description = "Longest reply in tokens (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Mixin private SamplingOptions sampling;
  @Mixin private ComputeOptions compute;

  @Override
  public void run() {
    Ranges.require(spec, "--max-new-tokens", maxNewTokens, 1, 1 << 24);
    Sampling chosen = sampling.chosen();
    try (LoadedModel loaded = model.load(compute)) {
      Map<String, Talk> talks = new LinkedHashMap<>();
      if (compare) {
        talks.put("base:  ", talk(loaded, Adapters.NONE, chosen));
        talks.put("tuned: ", talk(loaded, loaded.adapters(), chosen));
      } else {
        talks.put("", talk(loaded, loaded.adapters(), chosen));
      }
      talk(talks);
    }
  }

  private Talk talk(LoadedModel loaded, Adapters adapters, Sampling chosen) {
    return new Talk(
        loaded.speaker(adapters),
        Optional.ofNullable(system),
        new Speaker.Manner(maxNewTokens, chosen, () -> {}),
        sampling.draws("chat"));
  }

  /** The talks by what stands before their replies. */
  private void talk(Map<String, Talk> talks) {
    PrintWriter replies = spec.commandLine().getOut();
    PrintWriter messages = spec.commandLine().getErr();
    messages.println("Type /new to begin anew, /quit to end.");
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(AreteCommand.streams(spec).input(), StandardCharsets.UTF_8));
    String line;
    while ((line = ask(lines, messages)) != null && !line.equals("/quit")) {
      if (line.equals("/new")) {
        talks.values().forEach(Talk::forget);
        messages.println("(a new conversation)");
      } else if (!line.isEmpty()) {
        String words = line;
        talks.forEach((name, talk) -> answer(talk, name, words, replies, messages));
      }
    }
  }

  private static void answer(
      Talk talk, String name, String line, PrintWriter replies, PrintWriter messages) {
    Optional<Speaker.Said> answer = talk.say(line);
    if (answer.isEmpty()) {
      messages.printf(
          "(that would fill the model's context of %d tokens; type /new to begin anew)%n",
          talk.context());
      return;
    }
    replies.println(name + VisibleText.lines(answer.get().text()));
    replies.flush();
    if (answer.get().cutOff()) {
      messages.printf("(cut off after %d tokens)%n", answer.get().replyTokens());
    }
  }

  private static @Nullable String ask(BufferedReader lines, PrintWriter messages) {
    if (Integer.getInteger(Progress.COLUMNS_PROPERTY) != null) {
      messages.print("> ");
      messages.flush();
    }
    try {
      String line = lines.readLine();
      return line == null ? null : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
