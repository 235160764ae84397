/**
 * The command line: one class per command, each of which parses, calls a stage or the engine, and
 * prints.
 *
 * <h2>What flows in and out</h2>
 *
 * Arguments and files come in; results go to standard output, everything else (progress, warnings,
 * failures) to standard error. {@link io.arete.cli.ExitCode} lists what the process may end with.
 *
 * <h2>Promises</h2>
 *
 * A failure is one sentence; the stack trace comes with {@code --debug} only. A reader of standard
 * output that leaves early ends the command quietly. No class but {@code Main} and {@code
 * UnpackNatives} ends the process.
 *
 * <h2>Read next</h2>
 *
 * {@link io.arete.cli.Main}, then {@link io.arete.cli.CommandGroup}.
 */
@NullMarked
package io.arete.cli;

import org.jspecify.annotations.NullMarked;
