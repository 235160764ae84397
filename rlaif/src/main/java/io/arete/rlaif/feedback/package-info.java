/**
 * AI feedback: which of two conversations is better on a facet.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * known pairs     → Calibration → Labeler ── gate ── goes on, or stops before the budget is spent
 * people's pairs  → HumanFeedback ─────────────────────────┐
 * sampled replies → LabeledFeedback → Labeler → SoftLabel ───┼→ conversations, preferences by facet
 *                                   every vote, counted ───┘→ agreement.json
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.feedback.AnswerLogProbs} (one question), {@link
 * io.arete.rlaif.feedback.LogOddsVote} (both orders), {@link io.arete.rlaif.feedback.SoftLabel}
 * (all virtues); {@code Reliability}, {@code WrongLabels} and {@code VoteWeight} in {@code
 * rlaif.stats} (how far labels can be trusted).
 *
 * <p><b>Promises.</b> The lean towards a position is taken out and counted, never hidden. The unit
 * of every statistic is the pair, not the vote. No pair is labelled before the labeler was held
 * against what is known. A stage that was cut ends with the bytes of one that was not; an inherited
 * label is marked.
 *
 * <p><b>Read next.</b> {@code FeedbackStage}, {@code LocalLabeler}, {@code LogOddsVote}.
 */
@NullMarked
package io.arete.rlaif.feedback;

import org.jspecify.annotations.NullMarked;
