/** The nouns of the study: what every stage reads and writes, as immutable values. */
@NullMarked
package io.arete.rlaif.data;

import org.jspecify.annotations.NullMarked;
