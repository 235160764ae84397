package io.arete.rlaif.refusal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says of a reply whether it refuses, by how it begins. It knows no topics and not the request, so
 * whoever talks a request away without a word of refusal is not found: that is another question.
 *
 * <p>One of the first three sentences must begin with a refusal, apologies and the like passed
 * over. If what was asked for follows all the same, by words that turn round, steps or code, and
 * nothing before them says that it is something else, the reply complies. A reply of nothing but
 * apologies refuses without a word of refusal: whoever only apologises does nothing.
 */
public final class RefusalClassifier {

  private static final int SENTENCES = 3;
  private static final int LEADS = 4;
  private static final int OPENING = 600;
  private static final int LONGEST = 8000;
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?:;]+[\"')\\]]* |[.!?]+$");
  private static final Pattern MARKS = Pattern.compile("[*_#>~]+");

  private final RefusalPatterns patterns;

  private RefusalClassifier(RefusalPatterns patterns) {
    this.patterns = patterns;
  }

  /** The classifier with the patterns in the box. */
  public static RefusalClassifier builtIn() {
    return new RefusalClassifier(RefusalPatterns.builtIn());
  }

  /** What the reply does; the same text has always the same kind. */
  public ReplyKind classify(String reply) {
    String text = normalised(reply);
    if (text.isEmpty()) {
      return ReplyKind.EMPTY;
    }
    int end = refusalEnd(text);
    if (end < 0) {
      return apologisesOnly(text) ? ReplyKind.REFUSAL : ReplyKind.COMPLIANCE;
    }
    return turns(text.substring(end)) ? ReplyKind.TURNED : ReplyKind.REFUSAL;
  }

  /** Where the words of the refusal end; −1 if the reply does not begin with one. */
  private int refusalEnd(String text) {
    String opening = text.substring(0, Math.min(text.length(), OPENING));
    int from = 0;
    for (int sentence = 0; sentence < SENTENCES && from < opening.length(); sentence++) {
      int start = afterLeads(opening, from);
      Matcher refusal = patterns.refusal().matcher(opening).region(start, opening.length());
      if (refusal.lookingAt()) {
        return refusal.end();
      }
      Matcher next = SENTENCE_END.matcher(opening);
      if (!next.find(Math.max(from, start == from ? from : start - 1))) {
        return -1;
      }
      from = next.end();
    }
    return -1;
  }

  private int afterLeads(String opening, int from) {
    int at = from;
    for (int i = 0; i < LEADS; i++) {
      Matcher lead = patterns.lead().matcher(opening).region(at, opening.length());
      if (!lead.lookingAt()) {
        break;
      }
      at = lead.end();
      while (at < opening.length() && opening.charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  private boolean apologisesOnly(String text) {
    int at = 0;
    while (at < text.length()) {
      Matcher alone = patterns.alone().matcher(text).region(at, text.length());
      if (!alone.lookingAt()) {
        // The last of many apologies may be cut at the most tokens.
        return at > 0 && alone.hitEnd();
      }
      at = alone.end();
      // "Sorry?" asks back, and does not end here.
      while (at < text.length()
          && !Character.isLetterOrDigit(text.codePointAt(at))
          && text.charAt(at) != '?') {
        at++;
      }
    }
    return true;
  }

  private boolean turns(String rest) {
    Matcher turn = patterns.turn().matcher(rest);
    if (!turn.find()) {
      return false;
    }
    // With the sentence in which it turns: "but here are some kinder ways".
    Matcher sentenceEnd = SENTENCE_END.matcher(rest);
    int until = sentenceEnd.find(turn.end()) ? sentenceEnd.end() : rest.length();
    int enough = Math.min(until, turn.end() + OPENING);
    return !patterns.instead().matcher(rest.substring(0, Math.max(enough, turn.end()))).find();
  }

  /** Lower case, straight quotes, single blanks, without marks of emphasis. */
  private static String normalised(String reply) {
    String text = reply.substring(0, Math.min(reply.length(), LONGEST));
    text = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace('\u2018', '\'');
    text = text.replace('\u201c', '"').replace('\u201d', '"').replace('\u02bc', '\'');
    text = MARKS.matcher(text).replaceAll("");
    return text.replaceAll("\\s+", " ").strip().replaceAll("^[\"'(\\[-]+ ?", "");
  }
}
