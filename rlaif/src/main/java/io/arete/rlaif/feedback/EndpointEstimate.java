package io.arete.rlaif.feedback;

import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reads;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import java.util.List;

/**
 * What the questions of a run may cost at most, told before the first of them.
 *
 * @param questions two a virtue for each pair
 * @param tokens of their prompts, by the base's tokenizer and four letters a token, if every reply
 *     is as long as it may be
 */
record EndpointEstimate(long questions, long tokens) {

  private static final int LETTERS_PER_TOKEN = 4;

  static EndpointEstimate of(StageContext context) {
    FeedbackSection settings = context.recipe().feedback();
    long each = new JudgeQuestions(context.constitution()).each();
    long wording = context.constitution().judge().template().length() / LETTERS_PER_TOKEN;
    long pairs = PairScheme.compared(settings.pairs(), settings.samples()).size();
    long questions = 0;
    long tokens = 0;
    for (Prompt prompt : FeedbackPrompts.choose(context.data(), settings.prompts())) {
      long asked = context.model().encoder().promptIds(prompt.messages()).length;
      for (Facet facet : Facet.values()) {
        questions += pairs * each;
        tokens += pairs * each * (wording + asked + 2 * longest(context, facet));
      }
    }
    List<HumanPair> known = context.data().pairs(Split.WATCH);
    for (HumanPair pair : known.subList(0, Math.min(known.size(), settings.calibrationPairs()))) {
      long replies = ((long) pair.chosen().length() + pair.rejected().length()) / LETTERS_PER_TOKEN;
      long asked = context.model().encoder().promptIds(pair.prompt().messages()).length;
      questions += each;
      tokens += each * (wording + asked + replies);
    }
    return new EndpointEstimate(questions, tokens);
  }

  /** For people, beside what the recipe allows. */
  String sentence(EndpointSettings settings) {
    String most =
        "at most "
            + questions
            + " questions to "
            + settings.model().orElse("the judge")
            + " of about "
            + tokens
            + " tokens together (max_requests "
            + limit(settings.maxRequests())
            + ", max_tokens "
            + limit(settings.maxTokens())
            + ")";
    boolean more =
        (settings.maxRequests() > 0 && questions > settings.maxRequests())
            || (settings.maxTokens() > 0 && tokens > settings.maxTokens());
    return more ? most + ": the run may stop there, and goes on when that is raised" : most;
  }

  private static String limit(int value) {
    return value == 0 ? "none" : Integer.toString(value);
  }

  /** Tokens of what is read of one conversation. */
  private static long longest(StageContext context, Facet facet) {
    long tokens = 0;
    for (Facet before : Facet.values()) {
      boolean read =
          before.compareTo(facet) < 0 && context.constitution().reads(facet) == Reads.WHOLE;
      if (before == facet || read) {
        tokens += context.recipe().feedback().maxReplyTokens().getOrDefault(before, 0);
        tokens += context.constitution().question(before).orElse("").length() / LETTERS_PER_TOKEN;
      }
    }
    return tokens;
  }
}
