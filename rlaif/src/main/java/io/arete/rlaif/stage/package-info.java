/**
 * What every stage is given: the recipe, the run's folder, the base model, the data and someone to
 * tell of progress.
 */
@NullMarked
package io.arete.rlaif.stage;

import org.jspecify.annotations.NullMarked;
