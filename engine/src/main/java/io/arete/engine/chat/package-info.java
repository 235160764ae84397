/**
 * A chat model whole: decoder, tokenizer and chat template of one folder, checked against each
 * other; who replies ({@code Speaker}), and a talk that remembers what was said ({@code Talk}).
 */
@NullMarked
package io.arete.engine.chat;

import org.jspecify.annotations.NullMarked;
