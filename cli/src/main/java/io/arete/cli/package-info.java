/** Root of the cli module. */
@NullMarked
package io.arete.cli;

import org.jspecify.annotations.NullMarked;
