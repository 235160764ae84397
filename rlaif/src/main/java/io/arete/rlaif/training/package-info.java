/**
 * The training loop that supervised fine-tuning and the reward models share.
 *
 * <p><b>What flows in and out.</b> Examples, an {@code Objective} that says what is read of a pass
 * and how the loss pulls at it, and a {@code Trainee} (a fresh adapter, or all weights) go in; what
 * was trained, metrics and checkpoints come out.
 *
 * <pre>
 *   examples → shuffled batches → passes of one forest each → one step → metrics → checkpoint
 * </pre>
 *
 * <p><b>Promises.</b> A batch's loss is a mean over the whole batch, so that the size of a pass
 * changes memory and speed but not the result. What a step does depends on the key of the draws and
 * the step's number alone, so a run that was cut continues to the same bytes. A loss that is no
 * number stops the training and keeps the last checkpoint.
 *
 * <p><b>Read next.</b> {@code Foundation}, {@code Trainee}, {@code TrainingLoop}.
 */
@NullMarked
package io.arete.rlaif.training;

import org.jspecify.annotations.NullMarked;
