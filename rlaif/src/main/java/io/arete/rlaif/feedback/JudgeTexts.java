package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JudgeExample;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Quoting;
import io.arete.rlaif.data.Reads;
import java.util.Optional;

/**
 * What a judge reads of a facet, as text: by the constitution's {@code reads}, like reward models.
 * {@code whole}: the replies up to the facet's with the questions between them; {@code
 * prompt+reply}: the facet's question and its reply.
 *
 * <p>Prompts and replies that imitate the judge's template are quoted, see {@link Quoting}: they
 * are what is judged, and cannot speak for who judges.
 */
public final class JudgeTexts {

  private final Constitution constitution;
  private final Quoting quoting;

  /** Texts by that constitution. */
  public JudgeTexts(Constitution constitution) {
    this.constitution = constitution;
    this.quoting = Quoting.of(constitution);
  }

  /** The comparison of two conversations on one prompt. */
  public Comparison comparison(
      Prompt prompt, Facet facet, Conversation first, Conversation second) {
    return new Comparison(
        facet,
        prompt.text(quoting::quoted),
        side(facet, first),
        side(facet, second),
        Optional.of(new Comparison.Origin(prompt, first, second)));
  }

  /** The comparison of two actions of which nothing else is known. */
  public Comparison actions(Prompt prompt, String first, String second) {
    return texts(prompt, Facet.ACTION, first, second);
  }

  /** The comparison of two texts that are all that is known of a facet. */
  public Comparison texts(Prompt prompt, Facet facet, String first, String second) {
    return new Comparison(
        facet, prompt.text(quoting::quoted), quoting.quoted(first), quoting.quoted(second));
  }

  /** The comparison that an example shows, quoted as others are. */
  Comparison example(Facet facet, JudgeExample example) {
    return new Comparison(
        facet,
        quoting.quoted(example.prompt()),
        quoting.quoted(example.first()),
        quoting.quoted(example.second()));
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
    text.append(quoting.quoted(conversation.reply(facet).text()));
  }
}
