/**
 * Whether a reply refuses.
 *
 * <p><b>What flows in and out.</b> A reply's text goes in, one of four kinds comes out.
 *
 * <p><b>Promises.</b> Text only: no model, no topic, not the request. Who refuses and then does it
 * complies. The patterns are a file, {@code patterns.txt}, so that they can grow without code.
 *
 * <p><b>Read next.</b> {@code RefusalClassifier}, then the file.
 */
@NullMarked
package io.arete.rlaif.refusal;

import org.jspecify.annotations.NullMarked;
