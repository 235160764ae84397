/**
 * GGUF files turned into Hugging Face folders, so that no other program is needed to start, and
 * folders into GGUF files, so that llama.cpp runs what was made here; folders quantised; adapters
 * merged into their base; folders of random weights.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * FILE.gguf → GgufImport → OUT/model.safetensors         ImportPlan, TensorStream
 *             GgufShape    OUT/config.json               DecoderShape, ConfigJson
 *                          OUT/generation_config.json
 *         GgufTokenizer    OUT/tokenizer.json            ByteLevelTokenizer, TokenizerJson
 *                          OUT/tokenizer_config.json
 *
 * MODEL/    → GgufExport → OUT.gguf                      FolderShape, FolderTokenizer, ExportStream
 *
 * MODEL/    → Quantisation → OUT/                        engine.model.Nf4Writer
 *
 * MODEL/, ADAPTER/ → ModelMerge → OUT/                   engine.adapter.MergedWeights
 *                  → GgufExport → OUT.gguf               ExportSource
 *
 * a shape   → RandomFolder → OUT/                        engine.model.RandomModel, KnownShape
 * </pre>
 *
 * Between the two stand {@code DecoderShape} and {@code ByteLevelTokenizer}, what both forms can
 * say; {@code TensorRow} has both names of each tensor, {@code WordRule} both names of each way to
 * cut text into words.
 *
 * <p><b>Promises.</b> The output is complete or absent. One piece of one tensor is in memory at a
 * time, or one tensor where an adapter changes it. What is not understood (an architecture, a
 * setting, a tensor, a tokenizer) fails by name; nothing is guessed.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.convert.GgufImport}, {@link
 * io.arete.engine.convert.GgufExport}.
 */
@NullMarked
package io.arete.engine.convert;

import org.jspecify.annotations.NullMarked;
