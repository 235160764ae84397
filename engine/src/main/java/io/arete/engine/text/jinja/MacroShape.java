package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Map;

/**
 * A macro as it is written.
 *
 * @param usesCaller whether the body names {@code caller}, {@code varargs}, {@code kwargs}: only
 *     then does the macro accept them
 */
record MacroShape(
    String name,
    List<String> parameters,
    Map<String, Expression> presets,
    List<Statement> body,
    boolean usesCaller,
    boolean usesVarargs,
    boolean usesKwargs) {}
