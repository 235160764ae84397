/**
 * Gates: checks between stages that stop a run before it wastes hours, with the reason and what to
 * do.
 *
 * <p><b>What flows in and out.</b> Numbers that the stages left come in; results go to {@code
 * gates.json}, and a {@link io.arete.rlaif.gate.GateStop} to whoever runs the stages.
 *
 * <p><b>Promises.</b> Each gate is pure on numbers and says its n. A gate that was forced stands in
 * the file as forced.
 *
 * <p><b>Read next.</b> {@code GateKeeper}, {@code GateReadings}, any gate.
 */
@NullMarked
package io.arete.rlaif.gate;

import org.jspecify.annotations.NullMarked;
