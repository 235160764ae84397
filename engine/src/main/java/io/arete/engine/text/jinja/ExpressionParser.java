package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses operators, from the weakest binding to the strongest; see PrimaryParser for the rest. */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenReader tokens;
  private final PrimaryParser primary;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
    this.primary = new PrimaryParser(tokens, this);
  }

  PrimaryParser primary() {
    return primary;
  }

  /** One expression, or several with commas between them as a tuple. */
  Expression tupleOrExpression() {
    return tuple(this::expression);
  }

  /** Like {@link #tupleOrExpression()}, but an {@code if} ends it: what a loop iterates over. */
  Expression tupleWithoutCondition() {
    return tuple(this::withoutCondition);
  }

  /** One expression. */
  Expression expression() {
    tokens.enter();
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Expression.Conditional(condition, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** One expression without an inline {@code if}. */
  Expression withoutCondition() {
    tokens.enter();
    Expression value = or();
    tokens.leave();
    return value;
  }

  private Expression tuple(Supplier<Expression> part) {
    Expression first = part.get();
    if (!tokens.current().isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !endsTuple()) {
      items.add(part.get());
    }
    return new Expression.TupleOf(items);
  }

  private boolean endsTuple() {
    Token token = tokens.current();
    return token.is(Kind.OUTPUT_END)
        || token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || token.isName("recursive");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Logical(false, left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.Logical(true, left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.current().isName("not")) {
      return comparison();
    }
    tokens.next();
    tokens.enter();
    Expression negated = new Expression.Not(not());
    tokens.leave();
    return negated;
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (true) {
      if (tokens.current().is(Kind.OPERATOR) && COMPARISONS.contains(tokens.current().text())) {
        operators.add(tokens.next().text());
      } else if (tokens.skipName("in")) {
        operators.add("in");
      } else if (tokens.current().isName("not") && tokens.ahead().isName("in")) {
        tokens.next();
        tokens.next();
        operators.add("not in");
      } else {
        break;
      }
      operands.add(sum());
    }
    return operators.isEmpty() ? first : new Expression.Comparison(first, operators, operands);
  }

  private Expression sum() {
    return leftToRight(this::concatenation, "+", "-");
  }

  private Expression concatenation() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Concatenation(parts);
  }

  private Expression product() {
    return leftToRight(this::power, "*", "/", "//", "%");
  }

  private Expression power() {
    return leftToRight(() -> primary.signed(true), "**");
  }

  private Expression leftToRight(Supplier<Expression> operand, String... operators) {
    Set<String> known = Set.of(operators);
    Expression left = operand.get();
    while (tokens.current().is(Kind.OPERATOR) && known.contains(tokens.current().text())) {
      String operator = tokens.next().text();
      left = new Expression.Binary(operator, left, operand.get());
    }
    return left;
  }
}
