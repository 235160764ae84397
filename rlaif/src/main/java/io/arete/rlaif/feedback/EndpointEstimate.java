package io.arete.rlaif.feedback;

import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reads;
import io.arete.rlaif.stage.StageContext;
import java.util.Collection;
import java.util.List;

/**
 * What questions may cost at most, told before the first of them.
 *
 * @param questions two a virtue for each pair
 * @param requests that they take
 * @param tokens of all requests and their replies, about
 */
record EndpointEstimate(long questions, long requests, long tokens) {

  static final EndpointEstimate NOTHING = new EndpointEstimate(0, 0, 0);

  /**
   * The questions of a run: its pairs, and those of the calibration, if every sampled reply is as
   * long as it may be.
   */
  static EndpointEstimate of(StageContext context, QuestionLengths lengths) {
    FeedbackSection settings = context.recipe().feedback();
    List<Prompt> labelled = FeedbackPrompts.choose(context.data(), settings.prompts());
    long pairs = PairScheme.compared(settings.pairs(), settings.samples()).size();
    EndpointEstimate labels = sampled(context, lengths, labelled).times(pairs);
    return labels.plus(
        switch (Yardstick.of(context)) {
          case NOBODY -> NOTHING;
          case PEOPLE -> peoples(context, lengths, CalibrationPairs.peoples(context));
          case TRUTH ->
              sampled(
                  context,
                  lengths,
                  CalibrationPairs.places(context).stream()
                      .map(CalibrationPrompts.Place::prompt)
                      .toList());
        });
  }

  EndpointEstimate plus(EndpointEstimate other) {
    return new EndpointEstimate(
        questions + other.questions, requests + other.requests, tokens + other.tokens);
  }

  private EndpointEstimate times(long pairs) {
    return new EndpointEstimate(questions * pairs, requests * pairs, tokens * pairs);
  }

  /** For people, beside what the settings allow. */
  String sentence(EndpointSettings settings) {
    String most =
        "at most "
            + questions
            + " questions to "
            + settings.model().orElse("the judge")
            + " in "
            + requests
            + " requests of about "
            + tokens
            + " tokens together ("
            + settings.name("max_requests")
            + " "
            + limit(settings.maxRequests())
            + ", "
            + settings.name("max_tokens")
            + " "
            + limit(settings.maxTokens())
            + ")";
    boolean more =
        (settings.maxRequests() > 0 && requests > settings.maxRequests())
            || (settings.maxTokens() > 0 && tokens > settings.maxTokens());
    return more ? most + ": it may stop there, and goes on when that is raised" : most;
  }

  private static String limit(int value) {
    return value == 0 ? "none" : Integer.toString(value);
  }

  /** One pair of conversations on each prompt, compared on all facets. */
  private static EndpointEstimate sampled(
      StageContext context, QuestionLengths lengths, Collection<Prompt> prompts) {
    EndpointEstimate all = NOTHING;
    for (Prompt prompt : prompts) {
      long asked = promptTokens(context, prompt);
      for (Facet facet : Facet.values()) {
        all = all.plus(lengths.of(facet, asked + 2 * longest(context, facet)));
      }
    }
    return all;
  }

  private static EndpointEstimate peoples(
      StageContext context, QuestionLengths lengths, List<HumanPair> pairs) {
    EndpointEstimate all = NOTHING;
    for (HumanPair pair : pairs) {
      long letters = (long) pair.chosen().length() + pair.rejected().length();
      long texts = promptTokens(context, pair.prompt()) + QuestionLengths.tokens(letters);
      all = all.plus(lengths.of(Facet.ACTION, texts));
    }
    return all;
  }

  private static long promptTokens(StageContext context, Prompt prompt) {
    return context.model().encoder().promptIds(prompt.messages()).length;
  }

  /** Tokens of what is read of one conversation. */
  private static long longest(StageContext context, Facet facet) {
    long tokens = 0;
    for (Facet before : Facet.values()) {
      boolean read =
          before.compareTo(facet) < 0 && context.constitution().reads(facet) == Reads.WHOLE;
      if (before == facet || read) {
        tokens += context.recipe().feedback().maxReplyTokens().getOrDefault(before, 0);
        tokens +=
            QuestionLengths.tokens(context.constitution().question(before).orElse("").length());
      }
    }
    return tokens;
  }
}
