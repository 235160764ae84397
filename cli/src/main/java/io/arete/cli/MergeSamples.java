package io.arete.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.forest.Forest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The texts on which a merged model is compared: a file's, or a dozen short conversations. */
final class MergeSamples {

  private static final String RESOURCE = "merge-samples.jsonl";
  private static final int MOST_LINES = 4096;

  /** Logits of one model that are kept while the other computes: at most a gigabyte. */
  private static final long MOST_LOGITS = 1L << 28;

  private final List<InputLine> lines;
  private final boolean builtIn;

  private MergeSamples(List<InputLine> lines, boolean builtIn) {
    this.lines = lines;
    this.builtIn = builtIn;
  }

  /** The lines of a file, as logprobs and score read them. */
  static MergeSamples of(JsonLinesIo file) {
    return new MergeSamples(file.lines(MOST_LINES), false);
  }

  /** The conversations that are in the box. */
  static MergeSamples builtIn() {
    ObjectMapper json = new ObjectMapper();
    List<InputLine> lines = new ArrayList<>();
    try (InputStream resource =
            Objects.requireNonNull(MergeSamples.class.getResourceAsStream(RESOURCE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        ObjectNode object = (ObjectNode) json.readTree(line);
        lines.add(new InputLine("the sample texts", lines.size() + 1L, object));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sample texts cannot be read", e);
    }
    return new MergeSamples(lines, true);
  }

  /**
   * The texts in a model's ids.
   *
   * @param scored whether they end where a reward model reads its score
   * @throws AreteException if the model cannot read one, or they are too many to keep its logits
   */
  Forest forest(LoadedModel model, boolean scored) {
    List<int[]> sequences = new ArrayList<>();
    for (InputLine line : lines) {
      InputLine readable = builtIn ? readable(line, model) : line;
      int[] ids = scored ? model.encoder().scored(readable) : model.encoder().whole(readable);
      int most = model.decoder().config().maxPositions();
      boolean cut = builtIn && ids.length > most;
      sequences.add(model.checked(line, cut ? Arrays.copyOf(ids, most) : ids, 0));
    }
    Forest forest = Forest.of(sequences);
    long most = MOST_LOGITS / model.decoder().config().vocabulary();
    if (forest.tokens() > most) {
      throw new AreteException(
          "the samples have %d tokens, but at most %d are compared with this vocabulary; leave some out of --samples."
              .formatted(forest.tokens(), most));
    }
    return forest;
  }

  /** A model without a chat template reads the conversation as a plain text. */
  private static InputLine readable(InputLine line, LoadedModel model) {
    if (model.encoder().hasConversations()) {
      return line;
    }
    String text =
        ConversationLines.messages(line).stream()
            .map(message -> message.content())
            .collect(Collectors.joining("\n"));
    ObjectNode object = line.object().objectNode().put(LineEncoder.TEXT, text);
    return new InputLine(line.file(), line.number(), object);
  }
}
