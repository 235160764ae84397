/**
 * A chat model whole: decoder, tokenizer and chat template of one folder, checked against each
 * other.
 */
@NullMarked
package io.arete.engine.chat;

import org.jspecify.annotations.NullMarked;
