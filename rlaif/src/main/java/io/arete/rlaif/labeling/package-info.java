/**
 * The feedback engine used alone: pairs that someone already has, labeled by a labeler or by a
 * person.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * a table → PairColumns → GivenPairs ┬→ PairLabeling ← a Labeler   → pairs, votes, report.json
 *                                    └→ HandLabels   ← a person    → answers, pairs
 *                                          └→ calibration of the labeler, before its pairs
 * </pre>
 *
 * <p><b>Promises.</b> Nobody who labels sees which side the data prefers: sides are drawn, counted
 * by the pair's row. Work that was cut ends with the bytes of one that was not; other settings than
 * those it began with are refused. Pairs are written as preference data of the form they came in.
 *
 * <p><b>Read next.</b> {@code GivenPairs}, {@code PairLabeling}, {@code HandLabels}.
 */
@NullMarked
package io.arete.rlaif.labeling;

import org.jspecify.annotations.NullMarked;
