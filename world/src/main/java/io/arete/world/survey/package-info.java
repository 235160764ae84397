/**
 * The world in numbers, for docs/practice-world.md.
 *
 * <p><b>What flows in and out.</b> A world goes in, counts, mean golds and correlations come out.
 *
 * <p><b>Promises.</b> Nothing is drawn that prompts and replies of a run would not be.
 *
 * <p><b>Read next.</b> {@code WorldSurvey}.
 */
@NullMarked
package io.arete.world.survey;

import org.jspecify.annotations.NullMarked;
