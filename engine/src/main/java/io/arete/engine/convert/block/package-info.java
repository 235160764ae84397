/**
 * The block formats of ggml, as pure functions between bytes and floats.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * bytes of a block → BlockDecoder.of(type) → 1, 32 or 256 floats     one class a format
 * floats           → BlockEncoder         → bytes of blocks          F32, F16, Q8_0
 * </pre>
 *
 * <p><b>Promises.</b> Every product and sum is a float32 operation in ggml's own order, so that the
 * floats are those of llama.cpp bit by bit. In the layouts, {@code d} and {@code m} are float16, a
 * nibble is half a byte, and bytes are numbered from 0.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.convert.block.BlockDecoder}.
 */
@NullMarked
package io.arete.engine.convert.block;

import org.jspecify.annotations.NullMarked;
