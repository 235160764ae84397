/**
 * Samples three-turn conversations: action, motivation, consequences.
 *
 * <h2>What flows in and out</h2>
 *
 * Prompts (or actions that people wrote) in, {@code Conversation}s out. Feedback, PPO and the
 * evaluation sample through the same class.
 *
 * <h2>Promises</h2>
 *
 * Every draw is keyed by prompt, sample, facet and position: the same conversation comes whatever
 * it is batched with.
 */
@NullMarked
package io.arete.rlaif.sampling;

import org.jspecify.annotations.NullMarked;
