package io.arete.engine.text.jinja;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed chat template. Immutable; renderings do not see each other. */
public final class JinjaTemplate {

  private static final int MAX_SOURCE = 1_000_000;

  private final List<Statement> statements;

  private JinjaTemplate(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Parses a template.
   *
   * @throws AreteException if it is longer than a million characters, nests too deep, or holds a
   *     tag or word that is wrong or unknown; the message names it and its line
   */
  public static JinjaTemplate parse(String source) {
    if (source.length() > MAX_SOURCE) {
      throw new AreteException(
          "The chat template has %d characters but may have %d; check that it is a template."
              .formatted(source.length(), MAX_SOURCE));
    }
    Lexer lexer = new Lexer(source);
    List<Token> tokens;
    try {
      tokens = lexer.tokens();
    } catch (TemplateFault e) {
      throw failure("cannot be read", lexer.line(), e);
    }
    Parser parser = new Parser(tokens);
    try {
      return new JinjaTemplate(List.copyOf(parser.parse()));
    } catch (TemplateFault e) {
      throw failure("cannot be read", parser.line(), e);
    }
  }

  /**
   * Renders with the system's clock for {@code strftime_now}; see {@link #render(Map, Clock)}.
   *
   * @throws AreteException if the template fails or exceeds its bounds
   */
  public String render(Map<String, ? extends @Nullable Object> context) {
    return render(context, Clock.system(ZoneId.systemDefault()));
  }

  /**
   * Renders the template.
   *
   * @param context variables: Map with String keys, List, String, Integer, Long, Float, Double,
   *     Boolean or null, nested at most 100 deep
   * @param clock what {@code strftime_now} reads
   * @return the text, at most four million characters
   * @throws AreteException if the template calls {@code raise_exception}, uses what is undefined or
   *     unknown, or exceeds its steps, depth or length; the message names it and its line
   */
  public String render(Map<String, ? extends @Nullable Object> context, Clock clock) {
    Interpreter interpreter = new Interpreter(clock);
    try {
      Map<String, Object> variables = new HashMap<>(Globals.functions());
      variables.putAll(new ContextValues(interpreter.budget()).convert(context));
      interpreter.execute(statements, new Scope(new Scope(variables)));
      return interpreter.output();
    } catch (TemplateFault e) {
      throw failure("fails", interpreter.line(), e);
    }
  }

  private static AreteException failure(String what, int line, TemplateFault fault) {
    String reason = Quoted.line(String.valueOf(fault.getMessage()));
    String end = reason.endsWith(".") || reason.endsWith("!") || reason.endsWith("?") ? "" : ".";
    return new AreteException(
        "The chat template %s at line %d: %s%s".formatted(what, line, reason, end), fault);
  }
}
