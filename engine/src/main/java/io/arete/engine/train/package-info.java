/**
 * Training of the top adapter of a stack.
 *
 * <h2>What flows in and out</h2>
 *
 * A forest goes forward ({@link io.arete.engine.train.TrunkPass}); log-probabilities or scores are
 * read from its hidden states in pieces; the caller's formula turns them into derivatives, which go
 * back. Losses are therefore plain numbers on the Java side: no formula lives in the graph.
 *
 * <pre>
 *   forest → hidden → log-probs | scores → (formula: derivatives) → hidden gradient → adapters
 * </pre>
 *
 * <h2>Promises</h2>
 *
 * Logits of a whole batch never exist. Accumulating over passes equals one large pass.
 */
@NullMarked
package io.arete.engine.train;

import org.jspecify.annotations.NullMarked;
