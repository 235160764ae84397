/**
 * AI feedback: which of two conversations is better on a facet.
 *
 * <p><b>What flows in and out.</b> Log-probabilities of the labeler's answer tokens, for each
 * virtue and in both orders of the pair, come in; a soft label with its position bias goes out.
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.feedback.AnswerLogProbs} (one question), {@link
 * io.arete.rlaif.feedback.LogOddsVote} (both orders), {@link io.arete.rlaif.feedback.SoftLabel}
 * (all virtues).
 *
 * <p><b>Promises.</b> The lean towards a position is taken out and counted, never hidden. The unit
 * of every statistic is the pair, not the vote.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.feedback.LogOddsVote}.
 */
@NullMarked
package io.arete.rlaif.feedback;

import org.jspecify.annotations.NullMarked;
