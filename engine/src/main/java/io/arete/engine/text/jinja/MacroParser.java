package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the tags {@code macro} and {@code call}. */
final class MacroParser {

  private final TokenReader tokens;
  private final ExpressionParser expressions;
  private final Parser statements;

  MacroParser(TokenReader tokens, ExpressionParser expressions, Parser statements) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.statements = statements;
  }

  Statement macro(int line) {
    String name = tokens.expect(Kind.NAME, "a macro's name").text();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> presets = new LinkedHashMap<>();
    parameters(parameters, presets);
    return new Statement.DefineMacro(line, shape(name, parameters, presets, "endmacro"));
  }

  Statement callBlock(int line) {
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> presets = new LinkedHashMap<>();
    if (tokens.current().isOperator("(")) {
      parameters(parameters, presets);
    }
    Expression called = expressions.expression();
    if (!(called instanceof Expression.Call call)) {
      throw new TemplateFault("tag 'call' needs a call of a macro");
    }
    MacroShape caller = shape("caller", parameters, presets, "endcall");
    return new Statement.CallBlock(line, call.function(), call.arguments(), caller);
  }

  private MacroShape shape(
      String name, List<String> parameters, Map<String, Expression> presets, String endTag) {
    int before = tokens.place();
    List<Statement> body = statements.closedBody(endTag);
    return new MacroShape(
        name,
        parameters,
        presets,
        body,
        tokens.namedSince(before, "caller"),
        tokens.namedSince(before, "varargs"),
        tokens.namedSince(before, "kwargs"));
  }

  private void parameters(List<String> parameters, Map<String, Expression> presets) {
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.expectOperator(",");
      }
      String name = tokens.expect(Kind.NAME, "a parameter").text();
      if (parameters.contains(name)) {
        throw new TemplateFault("parameter '" + Texts.shortened(name) + "' is named twice");
      }
      parameters.add(name);
      if (tokens.skipOperator("=")) {
        presets.put(name, expressions.expression());
      } else if (!presets.isEmpty()) {
        throw new TemplateFault("parameter '" + name + "' without a default follows one with one");
      }
    }
  }
}
