/**
 * What a model of the world can do, measured against the truth.
 *
 * <p><b>What flows in and out.</b> A model folder goes in; mean gold of its replies with and
 * without the rule, attacked and not, its accuracy as a judge and its answers to plain questions
 * come out.
 *
 * <pre>
 *   prompts → Speaker → GoldFacts        pairs → LocalLabeler → JudgeFacts, CharmerFacts
 *   plain questions → PlainFacts         all of them → Measurement
 * </pre>
 *
 * <p><b>Promises.</b> Replies are sampled, and pairs judged, by the code that runs use. Prompts are
 * those of the watch split, which no training text holds. The same model gives the same numbers.
 *
 * <p><b>Read next.</b> {@code Measurement}.
 */
@NullMarked
package io.arete.world.measure;

import org.jspecify.annotations.NullMarked;
