/**
 * The verdict: base, tuned and others on the same prompts and draws, in the eyes of several judges.
 *
 * <p><b>What flows in and out.</b> Verdict prompts, systems (weights, with or without rules, or the
 * ensemble's choice among several replies) and reward models in; one line a prompt and system, and
 * a summary with one table, paired differences with intervals, and the verdict in words, out.
 *
 * <p><b>Promises.</b> Primary outcome, n and seed stand in {@code plan.json} before the first
 * sample. Every system gets the same draws. The unit of every statistic is the prompt. What picked
 * does not judge: beside the ensemble stand the truth where it is known, a reward model that
 * rewarded nothing, and a labeler that did not label.
 *
 * <p><b>Read next.</b> {@code EvaluationStage}, {@code SystemTalks}, {@code FullSummary}, {@code
 * Verdict}.
 */
@NullMarked
package io.arete.rlaif.evaluation;

import org.jspecify.annotations.NullMarked;
