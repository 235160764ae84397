/**
 * Who speaks in an attack: attacker, target and judges, each a model on this machine or behind a
 * server.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * Speech → RecordedSpeaker ── known ───────────────────────→ what was said
 *              └ unknown → LocalSpeaker | EndpointSpeaker ──┴→ SpeechLog
 * </pre>
 *
 * <p><b>Formulas.</b> None.
 *
 * <p><b>Promises.</b> What was replied to once is never asked again, by this process or the next.
 * The log holds harmful text and says so in its first line. A question that nobody answers is
 * empty, and asked again at the next start; a server that answers nothing at all ends the run,
 * which goes on when it is started again.
 *
 * <p><b>Read next.</b> {@code Speaker}, {@code RecordedSpeaker}.
 */
@NullMarked
package io.arete.rlaif.attack.party;

import org.jspecify.annotations.NullMarked;
