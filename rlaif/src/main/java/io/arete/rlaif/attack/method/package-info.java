/**
 * Attacks behind one interface.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * Behavior → Attack → prompts → Target → replies → Steering → the best prompt
 * </pre>
 *
 * <p><b>Formulas.</b> None.
 *
 * <p><b>Promises.</b> The target sees the prompt and its own rule, nothing else. A score that
 * cannot be read is missing: neither the lowest nor the highest. What steers an attack only chooses
 * its prompt; whether that prompt works is counted by somebody else, in {@code rlaif.attack.study}.
 *
 * <p><b>Read next.</b> {@code Attack}, {@code PromptAttack}; {@code rlaif.attack.tree}.
 */
@NullMarked
package io.arete.rlaif.attack.method;

import org.jspecify.annotations.NullMarked;
