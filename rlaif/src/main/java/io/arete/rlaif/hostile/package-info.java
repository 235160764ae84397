/**
 * What a judge makes of replies that were written to mislead it.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * pairs of replies → judged → the reply that the judge prefers less
 *   ├ with harmless words behind it ──────────────┐
 *   ├ with hostile words of the same length ──────┼→ judged again → JudgeAttackResult
 *   └ the same hostile words, not quoted ─────────┘
 * </pre>
 *
 * <p><b>Promises.</b> Every text follows from the seed alone. Hostile words are those of the
 * constitution's own template, its answers, and the roles of a conversation.
 *
 * <p><b>Read next.</b> {@code JudgeAttack}, {@code HostileWords}, {@code JudgeAttackResult}; {@link
 * io.arete.rlaif.data.Quoting} is what is tried.
 */
@NullMarked
package io.arete.rlaif.hostile;

import org.jspecify.annotations.NullMarked;
