package io.arete.rlaif.training;

import java.util.function.DoubleSupplier;

/**
 * When a training ends before its steps do, and which of its states is kept: the one with the
 * smallest loss on examples that it does not learn from.
 *
 * @param every steps between two readings; the last step is read in any case
 * @param patience readings in a row without a smaller loss that end the training
 * @param loss reads it of the trainee as it is now
 */
public record EarlyStop(int every, int patience, DoubleSupplier loss) {}
