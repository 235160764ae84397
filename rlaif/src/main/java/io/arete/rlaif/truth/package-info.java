/**
 * Whoever knows the truth about texts.
 *
 * <h2>What flows in and out</h2>
 *
 * A prompt and a conversation in; what each reply is worth out. A run asks for a truth by its name
 * ({@code data.truth}); whoever has one offers it as a service.
 *
 * <h2>Promises</h2>
 *
 * The truth measures. No stage trains, chooses or stops by it.
 */
@NullMarked
package io.arete.rlaif.truth;

import org.jspecify.annotations.NullMarked;
