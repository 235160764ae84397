/**
 * The only door to libtorch.
 *
 * <h2>What flows in and out</h2>
 *
 * Java arrays and file bytes in, {@link io.arete.engine.tensor.Tensor}s between, numbers out. No
 * other package names {@code org.bytedeco}.
 *
 * <h2>Promises</h2>
 *
 * Native memory has one owner: the {@link io.arete.engine.tensor.Scope} that was open when a tensor
 * was made. Closing the scope frees it, unless it was kept. Nothing here assumes a processor: the
 * {@link io.arete.engine.tensor.Device} is an argument. One thread at a time uses a tensor and what
 * is made of it, and one at a time draws: libtorch's generator is one a process, seeded at each
 * draw.
 */
@NullMarked
package io.arete.engine.tensor;

import org.jspecify.annotations.NullMarked;
