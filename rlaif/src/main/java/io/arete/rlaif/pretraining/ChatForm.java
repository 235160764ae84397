package io.arete.rlaif.pretraining;

import io.arete.engine.text.Role;
import io.arete.engine.text.Tokenizer;
import io.arete.engine.text.bpe.SpecialTokenSet;
import io.arete.engine.text.bpe.TokenRole;
import java.util.List;
import java.util.Map;

/**
 * How a model made here writes conversations: a mark that says who speaks, the words, a mark that
 * ends the turn. No line breaks between them: a small model has no tokens to waste.
 */
final class ChatForm {

  private static final String END = "<|end|>";
  private static final String PADDING = "<|pad|>";

  /** Padding is another token than the end of turn: scores are read at the latter. */
  static final SpecialTokenSet TOKENS =
      new SpecialTokenSet(
          List.of(PADDING, END, mark(Role.SYSTEM), mark(Role.USER), mark(Role.ASSISTANT)),
          Map.of(TokenRole.END, END, TokenRole.PADDING, PADDING));

  /** The same as a template of a model folder. */
  static final String TEMPLATE =
      "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '"
          + END
          + "' }}{% endfor %}{% if add_generation_prompt %}{{ '"
          + mark(Role.ASSISTANT)
          + "' }}{% endif %}";

  private final Tokenizer tokenizer;

  /** The form in a tokenizer that was trained with {@link #TOKENS}. */
  ChatForm(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The id that begins a message of that role. */
  int begin(Role role) {
    return id(mark(role));
  }

  /** The id that ends a turn. */
  int end() {
    return id(END);
  }

  /** The id that fills up. */
  int padding() {
    return id(PADDING);
  }

  private int id(String token) {
    return tokenizer.idOf(token).orElseThrow();
  }

  private static String mark(Role role) {
    return "<|" + role.wireName() + "|>";
  }
}
