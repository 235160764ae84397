/**
 * Weights of four bits: NF4 with a scale for every 64 values, as bitsandbytes has it.
 *
 * <h2>What flows in and out</h2>
 *
 * <pre>
 * weight → Nf4Weight.quantise → codes, Scales                 Nf4Blocks, Nf4Code
 *                               (Scales.Nested: eight bits)   NestedScales, DynamicMap
 * Nf4Weight → dequantiseInto → a dense tensor                 Nf4Expansion, or tensor operations
 * </pre>
 *
 * <h2>Promises</h2>
 *
 * Codes, scales and dequantised values are bit for bit those of bitsandbytes. A weight is quantised
 * piece by piece: beside it and its four bits nothing of its size is made. What a weight expands to
 * depends neither on the device nor on the number of threads.
 *
 * <h2>Read next</h2>
 *
 * {@link io.arete.engine.quant.Nf4Blocks}, then {@link io.arete.engine.quant.Nf4Weight}.
 */
@NullMarked
package io.arete.engine.quant;

import org.jspecify.annotations.NullMarked;
