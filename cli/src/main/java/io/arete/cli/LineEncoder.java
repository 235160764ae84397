package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.text.ChatTemplate;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import io.arete.engine.text.Role;
import io.arete.engine.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns input lines into token ids as transformers does: {@code ids} as they are, {@code text} with
 * the special tokens that the tokenizer adds by itself, {@code messages} or a {@code prompt}
 * rendered by the chat template. Of a model folder without tokenizer or template, what needs
 * neither can still be had.
 */
final class LineEncoder implements AutoCloseable {

  static final String IDS = "ids";
  static final String TEXT = "text";

  private final Path folder;
  private final @Nullable Tokenizer tokenizer;

  // Read when first needed: ids shall not fail by a template that nothing asks for.
  private @Nullable ChatTemplate template;
  private boolean soughtTemplate;

  /**
   * The encoder of a model folder.
   *
   * @param load reads the folder's tokenizer, if it has one
   */
  LineEncoder(Path folder, Function<Path, Tokenizer> load) {
    this.folder = folder;
    tokenizer = Files.isRegularFile(folder.resolve("tokenizer.json")) ? load.apply(folder) : null;
  }

  /** The ids of the whole line. */
  int[] whole(InputLine line) {
    return encode(line, messages -> encodeRendered(render(messages, false)));
  }

  /** The ids up to where a reply begins. */
  int[] prompt(InputLine line) {
    return encode(line, messages -> encodeRendered(render(messages, true)));
  }

  /**
   * The ids up to where the line is scored: the last one, or for messages the end of turn of the
   * last reply.
   */
  int[] scored(InputLine line) {
    return encode(line, this::upToReply);
  }

  /** The text of a conversation. */
  String render(List<Message> messages, boolean addGenerationPrompt) {
    return requireTemplate().render(messages, addGenerationPrompt);
  }

  /** The ids of a text that the template wrote. */
  int[] encodeRendered(String text) {
    return requireTokenizer().encode(text);
  }

  /** The text of ids without special tokens, or nothing if there is no tokenizer. */
  Optional<String> decode(int[] ids) {
    return Optional.ofNullable(tokenizer).map(present -> present.decode(ids));
  }

  /** Pieces of a conversation, whose messages nobody vouches for. */
  ConversationEncoder conversations() {
    return new ConversationEncoder(requireTemplate(), requireTokenizer());
  }

  /** Whether conversations can be encoded. */
  boolean hasConversations() {
    return tokenizer != null && template().isPresent();
  }

  private int[] encode(InputLine line, Function<List<Message>, int[]> conversation) {
    ObjectNode object = line.object();
    if (Stream.of(IDS, TEXT, ConversationLines.KEY, ConversationLines.PROMPT)
            .filter(object::has)
            .count()
        != 1) {
      throw line.failure(
          "it must have exactly one of the keys 'ids', 'text', 'messages' and 'prompt'");
    }
    int[] ids = object.has(IDS) ? givenIds(line) : encoded(line, conversation);
    if (ids.length == 0) {
      throw line.failure("it has no token; give at least one");
    }
    return ids;
  }

  private int[] encoded(InputLine line, Function<List<Message>, int[]> conversation) {
    Supplier<int[]> encoding;
    if (line.object().has(TEXT)) {
      JsonNode text = line.object().get(TEXT);
      if (!text.isTextual()) {
        throw line.failure("'text' must be a text, not " + text.getNodeType());
      }
      encoding = () -> requireTokenizer().encodeWithSpecialTokens(text.textValue());
    } else {
      List<Message> messages = ConversationLines.messages(line);
      encoding = () -> conversation.apply(messages);
    }
    try {
      return encoding.get();
    } catch (AreteException e) {
      throw line.failure(e);
    }
  }

  private static int[] givenIds(InputLine line) {
    JsonNode listed = line.object().get(IDS);
    if (!listed.isArray()) {
      throw line.failure("'ids' must be a list of token ids");
    }
    int[] ids = new int[listed.size()];
    for (int i = 0; i < ids.length; i++) {
      if (!listed.get(i).isIntegralNumber() || !listed.get(i).canConvertToInt()) {
        throw line.failure("'ids' must hold token ids, not " + listed.get(i));
      }
      ids[i] = listed.get(i).intValue();
    }
    return ids;
  }

  /** Nothing after the last reply's end of turn: templates may add a line break there. */
  private int[] upToReply(List<Message> messages) {
    int reply = messages.size() - 1;
    while (reply >= 0 && messages.get(reply).role() != Role.ASSISTANT) {
      reply--;
    }
    if (reply < 0) {
      throw new AreteException("it has no reply of the assistant, which is what is scored");
    }
    int[] ids = encodeRendered(render(messages.subList(0, reply + 1), false));
    int endOfTurn = conversations().endOfTurnId();
    int end = ids.length - 1;
    while (end >= 0 && ids[end] != endOfTurn) {
      end--;
    }
    if (end < 0) {
      throw new AreteException("the chat template writes no end of turn after its last reply");
    }
    return Arrays.copyOf(ids, end + 1);
  }

  private Tokenizer requireTokenizer() {
    if (tokenizer == null) {
      throw new AreteException(
          "the model folder "
              + folder
              + " has no tokenizer.json, so texts and messages cannot be encoded; give ids or add"
              + " the file");
    }
    return tokenizer;
  }

  private ChatTemplate requireTemplate() {
    requireTokenizer();
    return template().orElseGet(() -> ChatTemplate.load(folder));
  }

  private Optional<ChatTemplate> template() {
    if (!soughtTemplate) {
      template = ChatTemplate.find(folder).orElse(null);
      soughtTemplate = true;
    }
    return Optional.ofNullable(template);
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
