package io.arete.rlaif.data;

import java.util.Map;
import java.util.Set;

/**
 * How a model is asked what a reply lacks of a virtue, and for a better reply.
 *
 * <p>There are two forms. Wordings that hold {@code {prompt}} and {@code {reply}} are whole: each
 * is a message of its own, and says all. Wordings that hold neither are turns of the conversation
 * that is to be bettered: the critique is asked for after the reply, the better reply after the
 * critique.
 *
 * @param critique asks what the reply lacks
 * @param revise asks for a better reply
 */
public record RevisionWording(String critique, String revise) {

  /** Texts that a whole wording must hold. */
  static final Set<String> WHOLE_CRITIQUE = Set.of("prompt", "reply");

  static final Set<String> WHOLE_REVISE = Set.of("prompt", "reply", "critique");

  /** What else may stand in either. */
  static final Set<String> VIRTUE = Set.of("virtue", "description", "present", "absent");

  /** Whether the wordings are turns of the conversation itself, without its texts in them. */
  public boolean asTurns() {
    return !Placeholders.in(critique).contains("reply");
  }

  /**
   * Asks what a reply lacks. Lines of texts that would pass for the wording's own are quoted.
   *
   * @param prompt what was asked, as text; not used by turns
   * @param reply what was replied; not used by turns
   */
  public String critique(Virtue virtue, String prompt, String reply) {
    return filled(critique, virtue, Map.of("prompt", prompt, "reply", reply));
  }

  /**
   * Asks for a better reply. Lines of texts that would pass for the wording's own are quoted.
   *
   * @param prompt what was asked, as text; not used by turns
   * @param reply what was replied; not used by turns
   * @param critique what the model said that it lacks; not used by turns
   */
  public String revise(Virtue virtue, String prompt, String reply, String critique) {
    return filled(revise, virtue, Map.of("prompt", prompt, "reply", reply, "critique", critique));
  }

  private String filled(String wording, Virtue virtue, Map<String, String> texts) {
    Quoting quoting = Quoting.of(this);
    Map<String, String> all = JudgeWording.texts(virtue);
    texts.forEach((name, text) -> all.put(name, quoting.quoted(text)));
    return Placeholders.filled(wording, all);
  }
}
