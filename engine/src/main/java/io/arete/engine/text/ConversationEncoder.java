package io.arete.engine.text;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Turns a conversation into token ids, piece by piece, so that the ids a model sampled as its
 * replies stay as they are: {@code promptIds, reply ids, afterReply, reply ids, ...}.
 *
 * <p>Special tokens come from the template only. Where a message holds the text of one, that text
 * is encoded as ordinary letters; such a message is cut there, so its neighbors may be merged into
 * tokens a little differently than without.
 */
public final class ConversationEncoder {

  /** Private letters of Unicode; one that no message uses marks places while rendering. */
  private static final int FIRST_MARK = 0xE000;

  private static final int LAST_MARK = 0xF8FF;
  private static final String REPLY = "reply";

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final List<String> specialTokens;
  private final int endOfTurnId;

  /**
   * Derives the end-of-turn token from the template: the first special token after a reply.
   *
   * @param tokenizer borrowed; must stay open while this is used
   * @throws AreteException if the template writes no special token after a reply
   */
  public ConversationEncoder(ChatTemplate template, Tokenizer tokenizer) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.specialTokens =
        tokenizer.specialTokens().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    int[] ids = idsAfterReply(List.of(Message.user("Hi"), Message.assistant("")), false);
    this.endOfTurnId = ids[firstSpecial(ids)];
  }

  /** The special token that ends a reply, such as {@code <|im_end|>}. */
  public int endOfTurnId() {
    return endOfTurnId;
  }

  /** The ids of a conversation up to where the assistant's next reply begins. */
  public int[] promptIds(List<Message> messages) {
    char mark = unusedMark(messages);
    return encode(template.render(marked(messages, mark), true), mark);
  }

  /**
   * The ids between two replies: after the end-of-turn token of one, up to where the next begins.
   *
   * @param messages a conversation that ends with an assistant's reply and what follows it; that
   *     reply's text does not matter, its ids are with the caller
   * @throws AreteException if no assistant's reply is followed by another message
   */
  public int[] afterReply(List<Message> messages) {
    int[] ids = idsAfterReply(messages, true);
    int end = firstSpecial(ids);
    if (ids[end] != endOfTurnId) {
      throw new AreteException(
          "The chat template ends a reply by token %d here but by token %d elsewhere; use a"
                  .formatted(ids[end], endOfTurnId)
              + " template that ends every reply alike.");
    }
    return Arrays.copyOfRange(ids, end + 1, ids.length);
  }

  /** The ids of a reply that people wrote, with the end-of-turn token. */
  public int[] replyIds(String replyText) {
    return IntStream.concat(
            Arrays.stream(tokenizer.encodePlain(replyText)), IntStream.of(endOfTurnId))
        .toArray();
  }

  /** What follows the text of the last assistant's reply. */
  private int[] idsAfterReply(List<Message> messages, boolean addGenerationPrompt) {
    int place = lastReply(messages);
    char mark = unusedMark(messages);
    List<Message> marked = new ArrayList<>(marked(messages, mark));
    String reply = mark + REPLY + mark;
    marked.set(place, Message.assistant(reply));
    String text = template.render(marked, addGenerationPrompt);
    int at = text.lastIndexOf(reply);
    if (at < 0) {
      throw new AreteException(
          "The chat template does not write an assistant's reply as it is; use another template.");
    }
    return encode(text.substring(at + reply.length()), mark);
  }

  private static int lastReply(List<Message> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        return i;
      }
    }
    throw new AreteException(
        "The conversation has no assistant's reply; add the reply that the text shall follow.");
  }

  private int firstSpecial(int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (tokenizer.isSpecial(ids[i])) {
        return i;
      }
    }
    throw new AreteException(
        "The chat template writes no special token after a reply, so its end cannot be told; use a"
            + " template that ends replies by a special token of this tokenizer.");
  }

  private static char unusedMark(List<Message> messages) {
    for (int mark = FIRST_MARK; mark <= LAST_MARK; mark++) {
      int candidate = mark;
      if (messages.stream().noneMatch(message -> message.content().indexOf(candidate) >= 0)) {
        return (char) mark;
      }
    }
    throw new AreteException(
        "The messages use every private letter of Unicode; remove one of U+E000 to U+F8FF.");
  }

  /** The messages with each special token's text replaced by its marked number. */
  private List<Message> marked(List<Message> messages, char mark) {
    return messages.stream()
        .map(message -> new Message(message.role(), marked(message.content(), mark)))
        .toList();
  }

  private String marked(String content, char mark) {
    String text = content;
    for (int i = 0; i < specialTokens.size(); i++) {
      text = text.replace(specialTokens.get(i), "" + mark + i + mark);
    }
    return text;
  }

  /** The ids of a rendered text; what stands between marks is encoded as ordinary letters. */
  private int[] encode(String text, char mark) {
    Matcher marked = Pattern.compile(mark + "([0-9]{1,8})" + mark).matcher(text);
    IntStream.Builder ids = IntStream.builder();
    int start = 0;
    while (marked.find()) {
      Arrays.stream(tokenizer.encode(text.substring(start, marked.start()))).forEach(ids);
      String token = specialTokens.get(Integer.parseInt(marked.group(1)));
      Arrays.stream(tokenizer.encodePlain(token)).forEach(ids);
      start = marked.end();
    }
    Arrays.stream(tokenizer.encode(text.substring(start))).forEach(ids);
    return ids.build().toArray();
  }
}
