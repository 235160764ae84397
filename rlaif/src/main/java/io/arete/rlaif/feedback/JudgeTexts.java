package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reads;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a judge reads of a facet, as text: by the constitution's {@code reads}, like reward models.
 * {@code whole}: the replies up to the facet's with the questions between them; {@code
 * prompt+reply}: the facet's question and its reply.
 */
public final class JudgeTexts {

  private final Constitution constitution;

  /** Texts by that constitution. */
  public JudgeTexts(Constitution constitution) {
    this.constitution = constitution;
  }

  /** The comparison of two conversations on one prompt. */
  public Comparison comparison(
      Prompt prompt, Facet facet, Conversation first, Conversation second) {
    return new Comparison(facet, prompt(prompt), side(facet, first), side(facet, second));
  }

  /** The comparison of two actions of which nothing else is known. */
  public Comparison actions(Prompt prompt, String first, String second) {
    return texts(prompt, Facet.ACTION, first, second);
  }

  /** The comparison of two texts that are all that is known of a facet. */
  public Comparison texts(Prompt prompt, Facet facet, String first, String second) {
    return new Comparison(facet, prompt(prompt), first, second);
  }

  /** One message as it is; of several, each with its speaker. */
  private static String prompt(Prompt prompt) {
    return prompt.messages().size() == 1
        ? prompt.messages().get(0).content()
        : prompt.messages().stream().map(JudgeTexts::turn).collect(Collectors.joining("\n\n"));
  }

  private static String turn(Message message) {
    String speaker = message.role().wireName();
    return speaker.substring(0, 1).toUpperCase(Locale.ROOT)
        + speaker.substring(1)
        + ": "
        + message.content();
  }

  private String side(Facet facet, Conversation conversation) {
    StringBuilder text = new StringBuilder();
    for (Facet before : Facet.values()) {
      if (before.compareTo(facet) < 0 && constitution.reads(facet) == Reads.WHOLE) {
        append(text, before, conversation);
      }
    }
    append(text, facet, conversation);
    return text.toString();
  }

  private void append(StringBuilder text, Facet facet, Conversation conversation) {
    text.append(text.length() == 0 ? "" : "\n\n");
    constitution.question(facet).ifPresent(question -> text.append(question).append('\n'));
    text.append(conversation.reply(facet).text());
  }
}
