package io.arete.rlaif.api;

/**
 * A reply.
 *
 * @param text the words, without special tokens
 * @param cutOff whether it reached its longest length before the model ended it
 * @param promptTokens how many tokens were read for it
 * @param replyTokens how many were written, the end of turn included
 */
public record ChatReply(String text, boolean cutOff, int promptTokens, int replyTokens) {}
