/**
 * The engine: language models, adapters, training and generation on one frozen base. It knows no
 * word of preference learning.
 */
@NullMarked
package io.arete.engine;

import org.jspecify.annotations.NullMarked;
