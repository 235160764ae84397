/** Root of the rlaif module. */
@NullMarked
package io.arete.rlaif;

import org.jspecify.annotations.NullMarked;
