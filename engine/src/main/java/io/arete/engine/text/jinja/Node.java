package io.arete.engine.text.jinja;

/** A piece of a parsed template. */
sealed interface Node permits Expression, Statement {}
