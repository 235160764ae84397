/**
 * What is asked: behaviors that a system should refuse, and the words that are put around them.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * templates.yaml → TemplateReader → AttackTemplate ─┐
 *                                        Behavior ──┴→ a prompt
 * </pre>
 *
 * <p><b>Formulas.</b> None.
 *
 * <p><b>Promises.</b> A template's file is untrusted: it is bounded in size and number, and all its
 * faults are named together. The same template makes the same prompt of the same behavior. {@code
 * Scramble} draws by key.
 *
 * <p><b>Read next.</b> {@code AttackTemplate}, {@code TemplateReader}.
 */
@NullMarked
package io.arete.rlaif.attack.prompt;

import org.jspecify.annotations.NullMarked;
