/**
 * The verdict: base, fine-tuned and tuned model on the same prompts and draws.
 *
 * <p><b>What flows in and out.</b> Verdict prompts, three systems and three reward models in; one
 * line a prompt and system, and a summary with the paired difference and its interval, out.
 *
 * <p><b>Promises.</b> Primary outcome, n and seed stand in {@code plan.json} before the first
 * sample. Every system gets the same draws. The unit of every statistic is the prompt.
 *
 * <p><b>Read next.</b> {@code EvaluationStage}, {@code EvaluationSummary}, {@code Verdict}.
 */
@NullMarked
package io.arete.rlaif.evaluation;

import org.jspecify.annotations.NullMarked;
