/**
 * Generation: growing leaves of a forest.
 *
 * <h2>What flows in and out</h2>
 *
 * Prompts as token ids in, {@link io.arete.engine.generate.Reply}s out: ids, why it ended, and
 * log-probabilities on request.
 *
 * <h2>Promises</h2>
 *
 * Prompts that share a beginning share its computation. A reply depends on its own key and prompt,
 * not on its neighbours or their order (in float32, up to rounding). Finished replies leave the
 * batch and waiting ones take their place. Ids stay ids: nothing is decoded and encoded again.
 */
@NullMarked
package io.arete.engine.generate;

import org.jspecify.annotations.NullMarked;
