/**
 * What a run is doing, read from its folder while it goes.
 *
 * <p><b>What flows in and out.</b> A run's files go in, whole or half written; a {@code RunPicture}
 * comes out: stages, the task under way, curves, gates, the newest conversation.
 *
 * <p><b>Promises.</b> Nothing is written and no lock taken. Each look reads only what the logs have
 * gained since the last; a curve holds a few hundred numbers, however long the run. A torn last
 * line waits for its end, a damaged one is left out. Texts are as files hold them: whoever shows
 * them must make them fit for a terminal.
 *
 * <p><b>Read next.</b> {@code RunWatch}, {@code RunPicture}.
 */
@NullMarked
package io.arete.rlaif.live;

import org.jspecify.annotations.NullMarked;
