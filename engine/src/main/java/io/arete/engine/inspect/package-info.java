/**
 * What a folder or file of a model is, and what memory it needs, without loading it; and what this
 * process holds of the machine's.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * path → Inspector → Inspection (kind, tensors, settings)  FolderInspector, GgufInspector
 *                    DecoderSizes → MemoryFormulas → bytes
 * </pre>
 *
 * <p><b>Promises.</b> Only headers are read, never weights. {@link
 * io.arete.engine.inspect.MemoryFormulas} is arithmetic alone, for whoever wants to know before a
 * run. What the engine refuses is described all the same, with the reason.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.inspect.Inspector}, {@link
 * io.arete.engine.inspect.MemoryFormulas}.
 */
@NullMarked
package io.arete.engine.inspect;

import org.jspecify.annotations.NullMarked;
