/**
 * Supervised fine-tuning: the base learns to speak as the assistant of given talks.
 *
 * <p><b>What flows in and out.</b> Talks go in (a file's, or people's preferred replies); an
 * adapter on the base comes out, in PEFT form (or a model folder, where all weights are trained),
 * which every later stage stands on. If the stage is turned off, that is the plain base.
 *
 * <p><b>Formulas.</b> L = −(1 / n) Σ log π(token | before), over the n tokens of the assistant's
 * replies in a batch, each with its end-of-turn token; nothing else is learned from.
 *
 * <p><b>Promises.</b> A talk that is too long loses tokens from its left, never from its last
 * reply. A reply that lost its beginning is context, not an example.
 *
 * <p><b>Read next.</b> {@code SftStage}.
 */
@NullMarked
package io.arete.rlaif.sft;

import org.jspecify.annotations.NullMarked;
