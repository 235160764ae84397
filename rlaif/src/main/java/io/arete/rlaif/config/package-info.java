/**
 * The recipe: what a person asks of a run.
 *
 * <p><b>What flows in and out.</b> YAML and {@code section.key=value} overrides go in; an immutable
 * {@link io.arete.rlaif.config.Recipe} comes out, or one failure that lists every fault. The recipe
 * writes itself out with every default, and the reference page is made from the same keys.
 *
 * <p><b>Promises.</b> A key is declared once, in its section's file: default, range, unit and doc
 * stand there and nowhere else. An unknown key fails and names the nearest. Reading back what was
 * written gives an equal recipe.
 *
 * <p><b>Read next.</b> {@code GeneralSection} for the shape of a section, {@code RecipeReader}.
 */
@NullMarked
package io.arete.rlaif.config;

import org.jspecify.annotations.NullMarked;
