/**
 * Prefix sharing in plain ints.
 *
 * <h2>What flows in and out</h2>
 *
 * Token sequences in; a {@link io.arete.engine.forest.Forest} out, in which every common prefix
 * stands once, and the {@link io.arete.engine.forest.AttentionBlock}s that say which token sees
 * which.
 *
 * <pre>
 *   [system|prompt|reply a]        system ── prompt ─┬─ reply a
 *   [system|prompt|reply b]   →                      └─ reply b
 * </pre>
 *
 * <h2>Promises</h2>
 *
 * Each distinct prefix is computed once; positions count along the path; a token sees its ancestors
 * and itself and nothing else; a subtree is a contiguous range. No padding.
 */
@NullMarked
package io.arete.engine.forest;

import org.jspecify.annotations.NullMarked;
