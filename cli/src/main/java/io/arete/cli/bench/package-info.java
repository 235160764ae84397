/**
 * How fast this machine is at what a run spends its time on.
 *
 * <h2>What flows in and out</h2>
 *
 * A model (by default random weights in the shape of SmolLM2-135M) goes in, with drawn token ids:
 * speed depends on neither. {@link io.arete.cli.bench.Measure}s come out, beside the speed of plain
 * matrix products in the same run, which is the ceiling of all of them.
 *
 * <h2>Promises</h2>
 *
 * Each time is the best of a few, so that a busy machine shows less. Each benchmark computes what
 * the stage of that name computes, with the engine's public methods.
 *
 * <h2>Read next</h2>
 *
 * {@link io.arete.cli.bench.BenchCommand}, then {@link io.arete.cli.bench.TrainBenchmark}.
 */
@NullMarked
package io.arete.cli.bench;

import org.jspecify.annotations.NullMarked;
