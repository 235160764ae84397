/**
 * A base model made from nothing.
 *
 * <p><b>What flows in and out.</b> A recipe and a corpus go in; a tokenizer and a model folder in
 * Llama form come out.
 *
 * <pre>
 *   documents → tokenizer → weighted ids → batches of forests → weights → model folder
 * </pre>
 *
 * <p><b>Promises.</b> The same recipe on the same machine gives the same bytes, wherever it was cut
 * (but for the seconds in the model's card).
 *
 * <p><b>Read next.</b> {@code Pretraining}, then {@code Documents}.
 */
@NullMarked
package io.arete.rlaif.pretraining;

import org.jspecify.annotations.NullMarked;
