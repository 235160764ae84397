/**
 * The files of a run in the practice world.
 *
 * <h2>What flows in and out</h2>
 *
 * The world in; prompts, conversations to learn from, plain questions and attacks out, as JSON
 * lines that any run could be given.
 *
 * <h2>Promises</h2>
 *
 * Always the same for one world. Prompts carry their split; verdict prompts of the schemas that are
 * held out stand in no other file than those that judge.
 */
@NullMarked
package io.arete.world.data;

import org.jspecify.annotations.NullMarked;
