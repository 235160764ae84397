/**
 * What a base model of the world learns from.
 *
 * <p><b>What flows in and out.</b> A seed and a number give a document: messages, each with its
 * weight in the loss.
 *
 * <p><b>Promises.</b> Document i of a seed is always the same. No document holds a filling of watch
 * or verdict, one of their plain questions, or a wrapping that is not taught.
 *
 * <p><b>Read next.</b> {@code Corpus}, then {@code JudgeMaker}.
 */
@NullMarked
package io.arete.world.corpus;

import org.jspecify.annotations.NullMarked;
