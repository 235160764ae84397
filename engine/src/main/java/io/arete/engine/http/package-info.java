/**
 * What a server answers, taken piece by piece.
 *
 * <p><b>Promises.</b> Nothing grows with what a server chooses to send: an answer is held up to a
 * stated size or goes where its owner says, and one that is larger ends at the first byte more.
 */
@NullMarked
package io.arete.engine.http;

import org.jspecify.annotations.NullMarked;
