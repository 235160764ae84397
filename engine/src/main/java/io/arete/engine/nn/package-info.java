/**
 * The parts of a decoder: linear layers with low-rank additions, norms, positions, MLPs, attention
 * over a forest or a cache, the block that joins them.
 *
 * <h2>What flows in and out</h2>
 *
 * Hidden states {@code [tokens, hidden]} in and out. A block gets its weights, never its model, and
 * does not know whether its tokens are a training forest or one step of generation: that is the
 * {@link io.arete.engine.nn.Attention}'s business.
 *
 * <h2>Promises</h2>
 *
 * No padding outside of attention. Adapters are an argument of each call, never a mode of the base.
 */
@NullMarked
package io.arete.engine.nn;

import org.jspecify.annotations.NullMarked;
