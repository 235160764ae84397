/**
 * Jinja for chat templates: template text and a context of plain values flow in, the rendered
 * prompt flows out.
 *
 * <pre>
 * source -> Lexer -> tokens -> Parser -> Node tree -> Interpreter (+ context) -> text
 * </pre>
 *
 * <p>The dialect is that of jinja2 3.1 in an immutable sandbox with {@code trim_blocks}, {@code
 * lstrip_blocks}, loop controls, {@code generation} blocks, {@code raise_exception}, {@code
 * strftime_now} and a {@code tojson} that escapes no letters.
 *
 * <p>Promises: a construct that is not implemented fails by its name and line and is never guessed;
 * templates and contexts are untrusted, so steps, nesting, text length and memory are bounded (see
 * {@link io.arete.engine.text.jinja.Budget}) and every failure is an {@link
 * io.arete.engine.AreteException}.
 *
 * <p>Read next: {@link io.arete.engine.text.jinja.JinjaTemplate}, then Lexer, Parser, Node,
 * Interpreter.
 */
@NullMarked
package io.arete.engine.text.jinja;

import org.jspecify.annotations.NullMarked;
