/**
 * The practice world: a generated language whose truth is known.
 *
 * <p><b>What flows in and out.</b> YAML banks go in; prompts, replies, their gold and the base
 * model's corpus come out. Nothing here knows a model, and nothing outside of this module but the
 * command line's commands may know the world: a run in it is a run like any other.
 *
 * <p><b>Promises.</b> Everything is keyed by counted randomness: a prompt, a reply or a document of
 * a number is always the same. What the grammar makes the parser reads back exactly.
 *
 * <p><b>Read next.</b> {@code world.bank} for what the language is made of, {@code world.language}
 * for how texts come of it, {@code world.gold} for their worth, {@code world.corpus} for what a
 * base model learns from.
 */
@NullMarked
package io.arete.world;

import org.jspecify.annotations.NullMarked;
