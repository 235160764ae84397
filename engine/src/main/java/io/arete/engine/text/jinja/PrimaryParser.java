package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Expression.Literal;
import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses signs, constants, names, brackets and what follows them: access, calls, filters, tests.
 */
final class PrimaryParser {

  private final TokenReader tokens;
  private final ExpressionParser expressions;

  PrimaryParser(TokenReader tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** An operand with its signs, accesses and calls, and with its filters and tests if asked. */
  Expression signed(boolean withFilters) {
    tokens.enter();
    Expression value;
    if (tokens.skipOperator("-")) {
      value = new Expression.Signed(true, signed(false));
    } else if (tokens.skipOperator("+")) {
      value = new Expression.Signed(false, signed(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    if (withFilters) {
      value = filtersAndTests(value);
    }
    tokens.leave();
    return value;
  }

  /** The filters {@code | a | b} that follow, around a value. */
  Expression filters(Expression value) {
    Expression filtered = value;
    while (tokens.skipOperator("|")) {
      filtered = filter(filtered);
    }
    return filtered;
  }

  /** One filter, without the bar before it. */
  Expression filter(Expression value) {
    String name = dottedName("a filter's name");
    return new Expression.Filtered(value, name, optionalArguments());
  }

  /** Arguments in brackets. */
  CallArguments arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skipOperator(")")) {
      if (!positional.isEmpty() || !named.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      argument(positional, named);
    }
    return new CallArguments(positional, named);
  }

  private void argument(List<Expression> positional, Map<String, Expression> named) {
    Token token = tokens.current();
    if (token.isOperator("*") || token.isOperator("**")) {
      throw new TemplateFault("unpacking arguments with '" + token.text() + "' is unknown");
    }
    if (token.is(Kind.NAME) && tokens.ahead().isOperator("=")) {
      tokens.next();
      tokens.next();
      if (named.put(token.text(), expressions.expression()) != null) {
        throw new TemplateFault("argument '" + token.text() + "' is given twice");
      }
    } else if (named.isEmpty()) {
      positional.add(expressions.expression());
    } else {
      throw new TemplateFault("an argument without a name follows one with a name");
    }
  }

  private Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name(tokens.next().text());
      case STRING -> string();
      case INTEGER -> new Literal(integer(tokens.next().text()));
      case FLOAT -> new Literal(Double.valueOf(tokens.next().text()));
      default -> bracket();
    };
  }

  private static Expression name(String name) {
    return switch (name) {
      case "true", "True" -> new Literal(true);
      case "false", "False" -> new Literal(false);
      case "none", "None" -> new Literal(None.NONE);
      default -> new Expression.Name(name);
    };
  }

  private Expression string() {
    StringBuilder text = new StringBuilder(tokens.next().text());
    while (tokens.current().is(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new Literal(text.toString());
  }

  private static Long integer(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new TemplateFault("integer '" + Texts.shortened(digits) + "' is larger than 64 bits");
    }
  }

  private Expression bracket() {
    if (tokens.skipOperator("(")) {
      if (tokens.skipOperator(")")) {
        return new Expression.TupleOf(List.of());
      }
      Expression inner = expressions.tupleOrExpression();
      tokens.expectOperator(")");
      return inner;
    }
    if (tokens.skipOperator("[")) {
      return list();
    }
    if (tokens.skipOperator("{")) {
      return dict();
    }
    throw tokens.unexpected("an expression");
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skipOperator("]")) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator("]")) {
          break;
        }
      }
      items.add(expressions.expression());
    }
    return new Expression.ListOf(items);
  }

  private Expression dict() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      if (!keys.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator("}")) {
          break;
        }
      }
      keys.add(expressions.expression());
      tokens.expectOperator(":");
      values.add(expressions.expression());
    }
    return new Expression.DictOf(keys, values);
  }

  private Expression postfix(Expression target) {
    Expression value = target;
    while (true) {
      if (tokens.skipOperator(".")) {
        value = dotted(value);
      } else if (tokens.skipOperator("[")) {
        value = subscript(value);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  private Expression dotted(Expression target) {
    if (tokens.current().is(Kind.INTEGER)) {
      return new Expression.Item(target, new Literal(integer(tokens.next().text())));
    }
    return new Expression.Attribute(target, tokens.expect(Kind.NAME, "a name").text());
  }

  private Expression subscript(Expression target) {
    Optional<Expression> start = Optional.empty();
    if (!tokens.current().isOperator(":")) {
      Expression index = expressions.expression();
      if (tokens.skipOperator("]")) {
        return new Expression.Item(target, index);
      }
      start = Optional.of(index);
    }
    tokens.expectOperator(":");
    Optional<Expression> stop = bound();
    Optional<Expression> step = tokens.skipOperator(":") ? bound() : Optional.empty();
    tokens.expectOperator("]");
    return new Expression.Slice(target, start, stop, step);
  }

  private Optional<Expression> bound() {
    return tokens.current().isOperator(":") || tokens.current().isOperator("]")
        ? Optional.empty()
        : Optional.of(expressions.expression());
  }

  private Expression filtersAndTests(Expression target) {
    Expression value = target;
    while (true) {
      if (tokens.skipOperator("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(value);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  private Expression test(Expression value) {
    boolean negated = tokens.skipName("not");
    String name = dottedName("a test's name");
    CallArguments arguments = CallArguments.NONE;
    if (tokens.current().isOperator("(")) {
      arguments = arguments();
    } else if (beginsArgument()) {
      if (tokens.current().isName("is")) {
        throw new TemplateFault("tests cannot be chained with 'is'");
      }
      arguments = new CallArguments(List.of(postfix(primary())), Map.of());
    }
    Expression tested = new Expression.Tested(value, name, arguments);
    return negated ? new Expression.Not(tested) : tested;
  }

  private boolean beginsArgument() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
      default -> token.isOperator("[") || token.isOperator("{");
    };
  }

  private CallArguments optionalArguments() {
    return tokens.current().isOperator("(") ? arguments() : CallArguments.NONE;
  }

  private String dottedName(String wanted) {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME, wanted).text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME, wanted).text());
    }
    return name.toString();
  }
}
