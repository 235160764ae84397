package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.JudgeWording;
import io.arete.rlaif.endpoint.ChatAnswer;
import io.arete.rlaif.endpoint.TokenLogProb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a judge's answer without its tokenizer: from the likeliest tokens, or from replies. */
final class AnswerWords {

  private static final double ROUNDING = 1e-6;

  private final String first;
  private final String second;
  private final Pattern firstWord;
  private final Pattern secondWord;

  /**
   * What was read of a question.
   *
   * @param logOdds of the first answer, nats; 0 if it could not be read
   * @param mass probability of either answer, 0 to 1; 0 if it could not be read
   * @param oneListed whether one answer's probability is only a bound
   */
  record Reading(double logOdds, double mass, boolean oneListed) {

    /** Of an answer that could not be read. */
    static final Reading NONE = new Reading(0, 0, false);
  }

  /**
   * The answers of that wording.
   *
   * @throws AreteException if both begin with the same letter: a first token might not tell them
   *     apart
   */
  AnswerWords(JudgeWording wording) {
    first = wording.firstAnswer().strip();
    second = wording.secondAnswer().strip();
    if (first.isEmpty() || second.isEmpty() || first.codePointAt(0) == second.codePointAt(0)) {
      throw new AreteException(
          "the judge's answers \""
              + first
              + "\" and \""
              + second
              + "\" begin with the same letter; choose answers under judge.answers of the"
              + " constitution that differ at once, such as A and B");
    }
    firstWord = word(first);
    secondWord = word(second);
  }

  /**
   * From the likeliest first tokens. A token counts if an answer, with or without a leading space,
   * begins with it. An answer of which no token is listed is at most as likely as the unlikeliest
   * listed one, and as all that is not listed; it is taken to be as likely as that.
   */
  Reading ofLogProbs(ChatAnswer answer) {
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    double listed = 0;
    double least = 1;
    for (TokenLogProb token : answer.first()) {
      double p = Math.exp(token.logProb());
      listed += p;
      least = Math.min(least, p);
      if (begins(first, token.token())) {
        a.add(token.logProb());
      } else if (begins(second, token.token())) {
        b.add(token.logProb());
      }
    }
    if (a.isEmpty() && b.isEmpty()) {
      return Reading.NONE;
    }
    double mass = AnswerLogProbs.ofSpellings(array(a), array(b)).mass();
    // Beside a nearly certain answer rounding decides what is left, so that it may be this much.
    double unseen = Math.log(Math.min(least, Math.max(1 - listed, ROUNDING)));
    AnswerLogProbs read =
        AnswerLogProbs.ofSpellings(
            a.isEmpty() ? new double[] {unseen} : array(a),
            b.isEmpty() ? new double[] {unseen} : array(b));
    return new Reading(read.logOdds(), Math.min(1, mass), a.isEmpty() || b.isEmpty());
  }

  /** From sampled replies; those that give neither answer, or both, count for neither. */
  Reading ofReplies(List<ChatAnswer> replies) {
    int a = 0;
    int b = 0;
    for (ChatAnswer reply : replies) {
      int vote = vote(reply.text());
      a += vote > 0 ? 1 : 0;
      b += vote < 0 ? 1 : 0;
    }
    return new Reading(new VoteCount(a, b).logOdds(), (a + b) / (double) replies.size(), false);
  }

  /** 1 for the first answer, −1 for the second, 0 for neither. */
  private int vote(String reply) {
    String text = reply.replaceFirst("^[^\\p{L}\\p{N}]+", "");
    if (firstWord.matcher(text).lookingAt()) {
      return 1;
    }
    if (secondWord.matcher(text).lookingAt()) {
      return -1;
    }
    boolean saysFirst = firstWord.matcher(text).find();
    boolean saysSecond = secondWord.matcher(text).find();
    return saysFirst == saysSecond ? 0 : saysFirst ? 1 : -1;
  }

  private static boolean begins(String answer, String token) {
    // Some servers show a leading space as their vocabulary writes it.
    String letters = token.replaceFirst("^[ \u2581\u0120]", "");
    return !letters.isEmpty() && answer.startsWith(letters);
  }

  /** A whole word; "a" is an article, so a single letter keeps its case. */
  private static Pattern word(String answer) {
    boolean letter = answer.codePointCount(0, answer.length()) == 1;
    int flags = letter ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    String quoted = Pattern.quote(letter ? answer : answer.toLowerCase(Locale.ROOT));
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}'’])", flags);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
