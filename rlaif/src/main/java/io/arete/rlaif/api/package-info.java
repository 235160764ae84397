/**
 * Arete as a library: what people do most, in four classes that are opened, used and closed.
 *
 * <p><b>What flows in and out.</b> {@link ChatSession}: a model folder in, replies out. {@link
 * RewardJudge}: a finished run in, scores of conversations with their explanation out. {@link
 * PairLabeler}: a model folder and a constitution in, labels of pairs out. {@link RecipeRun}: a
 * recipe in, a run's folder out.
 *
 * <p><b>Promises.</b> This package, and the types of other packages that its signatures name, are
 * the public API: what stands in them changes by the rules of semantic versions (docs/library.md).
 * Everything else may change with every version.
 *
 * <p>Threads: every object may be used from any thread; calls on one object are done one after the
 * other, calls on different objects side by side. {@code cancel} and {@code close} may be called
 * from any thread, also during a call: the call ends at its next step (a token, a few
 * conversations, a chunk of pairs, a step of training) with a {@link
 * java.util.concurrent.CancellationException}; {@code close} waits for that. Nothing is kept
 * outside of these objects, except that the number of threads with which libtorch computes is the
 * process's: a run and a judge set it to their recipe's.
 *
 * <p>Failures that a person can act on are {@link io.arete.engine.AreteException}s, one sentence
 * each.
 *
 * <p><b>Read next.</b> {@code rlaif.recipe}, which these stand on.
 */
@NullMarked
package io.arete.rlaif.api;

import org.jspecify.annotations.NullMarked;
