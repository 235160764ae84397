package io.arete.engine.text.bpe;

import io.arete.engine.AreteException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens that no ordinary text becomes.
 *
 * @param texts in the order of their ids, which begin at 0
 * @param roles the text of the token that plays a role; several roles may share one token
 */
public record SpecialTokenSet(List<String> texts, Map<TokenRole, String> roles) {

  /**
   * Printable ASCII: the byte-level decoder would take other letters for bytes and garble them. One
   * letter alone is in the alphabet already.
   */
  private static final Pattern ALLOWED = Pattern.compile("[!-~]{2,}");

  /**
   * Checks the tokens.
   *
   * @throws AreteException if a text is not at least two letters of printable ASCII, stands twice,
   *     or has a role and is not among the texts
   */
  public SpecialTokenSet {
    texts = List.copyOf(texts);
    roles = Map.copyOf(roles);
    Set<String> distinct = new HashSet<>();
    for (String text : texts) {
      if (!ALLOWED.matcher(text).matches()) {
        throw new AreteException(
            "The special token \"%s\" must have two or more letters from ! to ~ (ASCII without"
                    .formatted(text)
                + " spaces); write it like <|end|>.");
      }
      if (!distinct.add(text)) {
        throw new AreteException(
            "The special token %s is given twice; give it once.".formatted(text));
      }
    }
    for (Map.Entry<TokenRole, String> role : roles.entrySet()) {
      if (!distinct.contains(role.getValue())) {
        throw new AreteException(
            "The %s %s is not among the special tokens %s; add it to them."
                .formatted(role.getKey().key(), role.getValue(), texts));
      }
    }
  }

  /** No special tokens at all. */
  public static SpecialTokenSet none() {
    return new SpecialTokenSet(List.of(), Map.of());
  }

  /** The texts without a role, in their order. */
  List<String> withoutRole() {
    return texts.stream().filter(text -> !roles.containsValue(text)).toList();
  }
}
