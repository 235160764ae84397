/**
 * Stacks of low-rank adapters over one frozen base.
 *
 * <h2>What flows in and out</h2>
 *
 * PEFT folders in and out; an {@link io.arete.engine.adapter.AdapterStack} becomes the {@code
 * Adapters} argument of a forward pass. {@link io.arete.engine.adapter.StackedModel} is a decoder
 * with what stands on it, or a decoder whose own weights were trained; {@link
 * io.arete.engine.adapter.ScoringModel} one with a score head. {@link
 * io.arete.engine.adapter.MergedWeights} gives the weights of a base with one adapter made part of
 * them.
 *
 * <pre>
 *   base ── sft ─┬─ ppo              policy
 *                ├─ reward/action    reward model (with a head)
 *                └─ critic           (with a head)
 * </pre>
 *
 * <h2>Formulas</h2>
 *
 * {@code y = x Wᵀ + s · (x Aᵀ) Bᵀ}, s = α / r (Hu et al. 2021, equation 3); α / √r with rsLoRA.
 *
 * <h2>Promises</h2>
 *
 * Where one layer gives queries, keys and values, an adapter has one A for the three, as in PEFT.
 * Adapters and heads are float32. Merged, {@code W' = W + s B A} is added in float32. Switching a
 * stack is free.
 */
@NullMarked
package io.arete.engine.adapter;

import org.jspecify.annotations.NullMarked;
