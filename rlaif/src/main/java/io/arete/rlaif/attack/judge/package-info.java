/**
 * Who says what a reply to a harmful request is: a refusal, partly one, or compliance.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * JudgedReply → ReplyJudge → refusal | partial | compliance | missing
 * LabelledReply (by people) ──┴→ JudgeTrial → JudgeErrors
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.attack.judge.RubricScore}, of StrongREJECT.
 *
 * <p><b>Promises.</b> What cannot be read of a judge is missing: it counts neither as a refusal nor
 * as compliance. The judge that steers an attack is never one of these.
 *
 * <p><b>Read next.</b> {@code ReplyJudge}, {@code RubricJudge}, {@code JudgeTrial}.
 */
@NullMarked
package io.arete.rlaif.attack.judge;

import org.jspecify.annotations.NullMarked;
