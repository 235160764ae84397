/**
 * A study of attacks: what was fixed before it, what was found, and what is counted of it.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * StudyDesign (design.json)
 * behaviors → Attack → best prompts → sent again → counting judge → shares ─┐
 * harmless requests ────────────────→ sent ─────→ counting judge → shares ──┴→ summary.json
 * labelled replies ─────────────────────────────→ counting judge → JudgeErrors ┘
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.stats.JudgeCorrectedRate}, {@link
 * io.arete.rlaif.stats.AvoidedHarm}.
 *
 * <p><b>Promises.</b> What is asked, how, how often, with which seed, and what will count is
 * written before the first question, and a study that goes on with anything else is refused. The
 * best prompt of every behavior is sent again, whether the attack believed in it or not, so that
 * the counting judge errs on all alike and can be corrected. The summary holds names and numbers,
 * no request and no reply.
 *
 * <p><b>Read next.</b> {@code AttackStudy}, {@code Recount}, {@code StudySummary}.
 */
@NullMarked
package io.arete.rlaif.attack.study;

import org.jspecify.annotations.NullMarked;
