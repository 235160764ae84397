/**
 * Any models against each other, outside of a run: folders on this machine, and models behind
 * servers.
 *
 * <p><b>What flows in and out.</b> Names with places, and prompts, go in. Each system's
 * conversations, their scores by a run's reward models, a judge's preferences and one table come
 * out, in a folder of their own.
 *
 * <p><b>Promises.</b> All systems get the same prompts, and those on this machine the same draws.
 * What scores and judges sees texts, alike for all: replies are read by the scoring model's
 * tokenizer, whoever wrote them. A contest that was cut goes on and ends with the same bytes; what
 * a server was paid for is never asked again.
 *
 * <p><b>Read next.</b> {@code Contest}, then {@code Contestant}.
 */
@NullMarked
package io.arete.rlaif.contest;

import org.jspecify.annotations.NullMarked;
