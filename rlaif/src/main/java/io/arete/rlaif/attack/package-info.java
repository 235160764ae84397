/**
 * Rules against character: what is left of a rule in the system prompt, and of a tuned model's
 * character, when a jailbreak is wrapped around a request.
 *
 * <h2>What flows in and out</h2>
 *
 * Requests with their attacks, the run's policy and reward models in; conversations, and how often
 * each system holds, out: {@code attack/}.
 *
 * <h2>Promises</h2>
 *
 * All systems get the same requests, base and tuned with the same draws. Reward models and truth
 * see the request as it was put, and never the rule.
 */
@NullMarked
package io.arete.rlaif.attack;

import org.jspecify.annotations.NullMarked;
