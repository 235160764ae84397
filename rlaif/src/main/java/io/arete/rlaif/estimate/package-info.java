/**
 * What a run will need before it begins: memory, disk and time of each stage.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * recipe, data files → DataReading → DataFacts (how many texts, how long)
 * model's shape, DataFacts, Machine → StageMemory → MemoryNeed   (PassMemory: the formulas)
 *                                   → StageWork  → Work → seconds
 *                                   → StageDisk  → bytes
 * MemoryNeed, free memory → Advice → the setting that makes it fit
 * </pre>
 *
 * <p><b>Promises.</b> No weight is loaded and nothing is written. Everything after {@code
 * DataReading} is arithmetic. Estimates are compared with measured runs in docs/memory.md.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.estimate.StageMemory}, {@link
 * io.arete.rlaif.estimate.Forecast}.
 */
@NullMarked
package io.arete.rlaif.estimate;

import org.jspecify.annotations.NullMarked;
