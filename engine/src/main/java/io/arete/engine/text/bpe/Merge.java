package io.arete.engine.text.bpe;

/**
 * One rule of a BPE tokenizer: two neighboring tokens become one.
 *
 * @param left the id of the left token
 * @param right the id of the right token
 * @param result the id of the token that both become
 */
public record Merge(int left, int right, int result) {}
