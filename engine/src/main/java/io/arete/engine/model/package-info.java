/**
 * A decoder made of a model folder: configuration, weight names, blocks, the vocabulary's head.
 *
 * <h2>What flows in and out</h2>
 *
 * A folder in Hugging Face form in; hidden states and logits out.
 *
 * <pre>
 *   config.json ── a reader a form ──► ModelConfig ─┐
 *   Families: a row of names and layouts a family ──┼─► BlockWeights ──► DecoderModel
 *   *.safetensors ── WeightLoader ──────────────────┘
 * </pre>
 *
 * Whatever the family, weights are brought into one form as they are loaded: matrices {@code [out,
 * in]}, queries before keys before values.
 *
 * <h2>Promises</h2>
 *
 * Base weights are frozen and exist once. A setting of config.json that would change the result and
 * is not computed here is refused by name, and so is a tensor of a block that it does not explain.
 */
@NullMarked
package io.arete.engine.model;

import org.jspecify.annotations.NullMarked;
