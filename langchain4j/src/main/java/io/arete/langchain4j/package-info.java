/**
 * Arete in programs that are built on langchain4j.
 *
 * <p><b>What flows in and out.</b> {@link LocalChatModel}: a chat session of this process as its
 * {@code ChatModel}. {@link ReplyJudge}: a reply to a prompt in, the ensemble's score out. {@link
 * RewardScoringModel}: that as its {@code ScoringModel}. {@link RewardGuardrail}: that as an output
 * guardrail, which refuses replies under a score or has them written again.
 *
 * <p><b>Promises.</b> Everything here borrows the session or the judge that it is given; who opened
 * it closes it, and its thread rule is theirs ({@code io.arete.rlaif.api}). What a request asks and
 * this cannot do fails by name.
 */
@NullMarked
package io.arete.langchain4j;

import org.jspecify.annotations.NullMarked;
