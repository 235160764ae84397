/**
 * Training of a byte-level BPE tokenizer (as GPT-2's): texts flow in, the files of a tokenizer flow
 * out. Encoding is the library's, by {@link io.arete.engine.text.Tokenizer}; this package only
 * makes what it reads.
 *
 * <pre>
 * texts -> WordCounts -> BpeTrainer -> ByteLevelBpe -> TokenizerFiles -> tokenizer.json, ...
 *          (distinct words)  (merges)
 * </pre>
 *
 * <h2>Formulas</h2>
 *
 * The next merge is the pair of neighbors that stands most often in the words; of equal counts, the
 * one with the lowest left id, then the lowest right id. Sennrich, Haddow and Birch, "Neural
 * Machine Translation of Rare Words with Subword Units", ACL 2016, algorithm 1; the bytes and the
 * way that text falls into words are GPT-2's (Radford and others, "Language Models are Unsupervised
 * Multitask Learners", 2019, section 2.2).
 *
 * <h2>Promises</h2>
 *
 * All 256 bytes are tokens, so every text can be encoded and comes back as it was. Special tokens
 * have the first ids, whatever the texts are. Equal texts give equal files, in whatever order they
 * come, as long as no words had to be forgotten. Memory is bounded, see {@link
 * io.arete.engine.text.bpe.WordCounts}.
 *
 * <p>Read next: {@link io.arete.engine.text.bpe.BpeTrainer}, then {@link
 * io.arete.engine.text.bpe.WordCounts}.
 */
@NullMarked
package io.arete.engine.text.bpe;

import org.jspecify.annotations.NullMarked;
