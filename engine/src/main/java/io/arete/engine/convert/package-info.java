/**
 * Model files turned into Hugging Face folders: foreign ones, so that no other program is needed to
 * start, and quantised ones.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * FILE.gguf → GgufImport → OUT/model.safetensors         LlamaTensors, Bfloat16Encoder
 *                          OUT/config.json               LlamaShape, LlamaConfigJson
 *                          OUT/generation_config.json
 *                          OUT/tokenizer.json            ByteLevelTokenizer
 *                          OUT/tokenizer_config.json
 * MODEL     → Quantisation → OUT/model.safetensors       engine.model.Nf4Writer
 *                            OUT/config.json
 *                            OUT/… all else of MODEL
 * </pre>
 *
 * <p><b>Promises.</b> The output folder is complete or absent. One piece of one tensor is in memory
 * at a time; of a model that is quantised, one tensor. What is not understood (an architecture, a
 * setting, a tensor, a tokenizer) fails by name; nothing is guessed.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.convert.GgufImport}.
 */
@NullMarked
package io.arete.engine.convert;

import org.jspecify.annotations.NullMarked;
