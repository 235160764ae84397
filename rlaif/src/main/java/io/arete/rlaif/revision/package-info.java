/**
 * Critique and revision: the base betters its own replies before it learns from them.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 *   train prompts → reply → critique by a drawn virtue → revision → … → revisions.jsonl
 *                                     revisions + ordinary conversations → what SFT learns
 * </pre>
 *
 * <p><b>Formulas.</b> None; the method is Bai et al. 2022, "Constitutional AI", section 3.1, with
 * virtues for principles.
 *
 * <p><b>Promises.</b> A revision that was cut off or says nothing leaves the reply before it in
 * place; a prompt without any revision is not learned. What is drawn depends on prompt and round
 * alone, so a run that was cut ends with the same bytes.
 *
 * <p><b>Read next.</b> {@code Reviser}.
 */
@NullMarked
package io.arete.rlaif.revision;

import org.jspecify.annotations.NullMarked;
