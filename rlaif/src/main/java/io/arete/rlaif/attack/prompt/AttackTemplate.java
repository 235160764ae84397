package io.arete.rlaif.attack.prompt;

/**
 * Words around a request.
 *
 * @param name what results are told apart by
 * @param family what kind of persuasion it is
 * @param encoding how the request is written in it
 * @param text with the place of the request, {@code {request}}, and perhaps that of the beginning
 *     of a reply, {@code {start}}
 */
public record AttackTemplate(String name, String family, Encoding encoding, String text) {

  /** Where the request stands. */
  static final String REQUEST = "{request}";

  /** Where the beginning of a reply stands. */
  static final String START = "{start}";

  /** The prompt that asks for a behavior so. */
  public String prompt(Behavior behavior) {
    // What is filled in is not searched for places again.
    StringBuilder prompt = new StringBuilder();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      prompt.append(text, from, open);
      if (text.startsWith(REQUEST, open)) {
        prompt.append(encoding.of(behavior.request()));
        from = open + REQUEST.length();
      } else if (text.startsWith(START, open)) {
        prompt.append(behavior.start());
        from = open + START.length();
      } else {
        prompt.append('{');
        from = open + 1;
      }
    }
    return prompt.append(text.substring(from)).toString();
  }
}
