package io.arete.engine.text.jinja;

/**
 * A text marked as safe by {@code safe} or {@code escape}. It can be printed and joined by {@code
 * ~}; elsewhere jinja2 would escape what it meets, so other uses fail.
 */
record Markup(String text) {}
