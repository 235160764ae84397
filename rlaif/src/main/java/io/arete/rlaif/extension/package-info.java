/**
 * What another module may add without being named here: corpora, commands, and truths about texts.
 *
 * <p><b>What flows in and out.</b> A module implements {@code CorpusProvider}, {@code
 * CommandProvider} or {@code Truth}, and names its class in {@code META-INF/services}; {@code
 * ServiceLoader} finds it when the module lies on the class path.
 *
 * <p><b>Promises.</b> Nothing here knows who implements it, or the library of the command line. A
 * truth measures: labelers are held against it before they label, and nothing is trained or chosen
 * by it, unless a recipe says {@code feedback.source: truth}.
 *
 * <p><b>Read next.</b> {@code Corpus}, then {@code rlaif.pretraining}.
 */
@NullMarked
package io.arete.rlaif.extension;

import org.jspecify.annotations.NullMarked;
