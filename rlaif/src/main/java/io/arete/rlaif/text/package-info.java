/**
 * What is seen of a conversation: token ids for sampling the next reply, and for reading one facet.
 *
 * <h2>What flows in and out</h2>
 *
 * Prompts, constitutions and replies (as ids) in; sequences of ids out. Labeler, reward models, PPO
 * and evaluation all read facets through {@link io.arete.rlaif.text.FacetTexts}: one builder, so
 * that no two of them see different texts.
 *
 * <h2>Promises</h2>
 *
 * Sampled ids stay as they are. A facet's text ends with the end-of-turn token of its reply.
 */
@NullMarked
package io.arete.rlaif.text;

import org.jspecify.annotations.NullMarked;
