/**
 * Model files as bytes, names and shapes; what a tensor means is for others to know.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * folder  → ModelFolder  → (ShardIndex →) SafetensorsFile → TensorEntry, mapped bytes
 * tensors → SafetensorsWriter → AtomicFile → model.safetensors
 * .gguf   → GgufFile → GgufMetadata, GgufTensor, bytes
 * </pre>
 *
 * <p><b>Promises.</b> Every file is untrusted: each size, count and offset is checked against the
 * file's size, with arithmetic that cannot overflow, before anything is allocated or mapped. A file
 * either opens, and then every tensor lies inside it, or {@link io.arete.engine.AreteException}
 * says in one sentence what is wrong with it. A written file appears whole under its name or not at
 * all.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.checkpoint.ModelFolder}, {@link
 * io.arete.engine.checkpoint.SafetensorsFile}, {@link io.arete.engine.checkpoint.GgufFile}.
 */
@NullMarked
package io.arete.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
