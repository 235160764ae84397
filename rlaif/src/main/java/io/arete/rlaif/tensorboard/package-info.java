/**
 * Metrics in the form that TensorBoard reads, so that it can show a run while it goes.
 *
 * <p><b>What flows in and out.</b> Numbers by step go in; a file of events comes out, one record a
 * step. {@code EventRecord} frames bytes, {@code EventMessage} makes them, {@code EventFile}
 * appends them.
 *
 * <p><b>Promises.</b> Bytes depend on steps and numbers alone: an event's wall time is its step in
 * seconds. So a file is made anew from the metrics whenever these are cut back, and a run that was
 * killed ends with the file of one that was not.
 *
 * <p><b>Read next.</b> {@code rlaif.run.MetricLog}, which keeps such a file beside its lines.
 */
@NullMarked
package io.arete.rlaif.tensorboard;

import org.jspecify.annotations.NullMarked;
