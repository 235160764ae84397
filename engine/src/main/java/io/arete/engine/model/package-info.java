/**
 * A decoder made of a model folder: configuration, weight names, blocks, the vocabulary's head.
 *
 * <h2>What flows in and out</h2>
 *
 * A folder in Hugging Face form in; hidden states and logits out.
 *
 * <h2>Promises</h2>
 *
 * Base weights are frozen and exist once. A setting of config.json that would change the result and
 * is not computed here is refused by name.
 */
@NullMarked
package io.arete.engine.model;

import org.jspecify.annotations.NullMarked;
