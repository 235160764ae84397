/**
 * The nouns of the study: what every stage reads and writes, as immutable values.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * pairs.jsonl  → HumanPairs → Prompt, two replies ┐
 * prompts.jsonl → Prompt ─────────────────────────┼→ Splits (train, watch, verdict)
 * constitution.yaml → Constitution                │
 * Prompt → Conversation (three replies) → PreferencePair, as JSON lines
 * </pre>
 *
 * <p><b>Promises.</b> A wrong line is named by file and number; files that Arete appends to survive
 * a kill at any instant; equal first prompts are always in one split; a prompt's id depends on its
 * words alone.
 *
 * <p><b>Read next.</b> {@code Prompt}, {@code Conversation}, {@code PreferencePair}, {@code
 * JsonLines}.
 */
@NullMarked
package io.arete.rlaif.data;

import org.jspecify.annotations.NullMarked;
