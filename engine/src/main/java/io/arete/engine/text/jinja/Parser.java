package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Statement.Flow;
import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns tokens into statements, tag by tag. A tag that is not listed here fails by its name. */
final class Parser {

  private final TokenReader tokens;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private final MacroParser macros;
  private int loopsAround;

  Parser(List<Token> found) {
    tokens = new TokenReader(found);
    expressions = new ExpressionParser(tokens);
    targets = new TargetParser(tokens);
    macros = new MacroParser(tokens, expressions, this);
  }

  /** The line that was reached, for messages. */
  int line() {
    return tokens.current().line();
  }

  List<Statement> parse() {
    return statements(Set.of());
  }

  /** The body of a block that break and continue cannot leave; reads its end tag as well. */
  List<Statement> closedBody(String endTag) {
    int around = loopsAround;
    loopsAround = 0;
    List<Statement> body = body(endTag);
    loopsAround = around;
    return body;
  }

  private List<Statement> body(String endTag) {
    endOfTag();
    List<Statement> body = statements(Set.of(endTag));
    tokens.next();
    return body;
  }

  /** Statements up to one of the end tags, whose name is then the current token. */
  private List<Statement> statements(Set<String> endTags) {
    tokens.enter();
    List<Statement> found = new ArrayList<>();
    while (!tokens.current().is(Kind.END)) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> found.add(new Statement.Data(token.line(), token.text()));
        case OUTPUT_BEGIN -> {
          found.add(new Statement.Output(token.line(), expressions.tupleOrExpression()));
          tokens.expect(Kind.OUTPUT_END, "'}}'");
        }
        default -> {
          if (tokens.current().is(Kind.NAME) && endTags.contains(tokens.current().text())) {
            tokens.leave();
            return found;
          }
          found.add(block());
          endOfTag();
        }
      }
    }
    if (!endTags.isEmpty()) {
      throw new TemplateFault("a block has no end tag " + endTags);
    }
    tokens.leave();
    return found;
  }

  private void endOfTag() {
    tokens.expect(Kind.BLOCK_END, "'%}'");
  }

  private Statement block() {
    Token tag = tokens.expect(Kind.NAME, "a tag's name");
    int line = tag.line();
    return switch (tag.text()) {
      case "if" -> ifBlock(line);
      case "for" -> forBlock(line);
      case "set" -> setBlock(line);
      case "break" -> jump(line, Flow.BREAK);
      case "continue" -> jump(line, Flow.CONTINUE);
      case "with" -> withBlock(line);
      case "macro" -> macros.macro(line);
      case "call" -> macros.callBlock(line);
      case "filter" -> filterBlock(line);
      case "generation" -> new Statement.Generation(line, closedBody("endgeneration"));
      default ->
          throw new TemplateFault(
              "tag '" + Texts.shortened(tag.text()) + "' is unknown or not expected here");
    };
  }

  private Statement ifBlock(int line) {
    List<Statement.Branch> branches = new ArrayList<>();
    int branchLine = line;
    while (true) {
      Expression condition = expressions.tupleOrExpression();
      endOfTag();
      List<Statement> body = statements(Set.of("elif", "else", "endif"));
      branches.add(new Statement.Branch(branchLine, condition, body));
      Token tag = tokens.next();
      branchLine = tag.line();
      if (tag.isName("else")) {
        branches.add(new Statement.Branch(branchLine, new Expression.Literal(true), body("endif")));
        return new Statement.If(line, branches);
      }
      if (tag.isName("endif")) {
        return new Statement.If(line, branches);
      }
    }
  }

  private Statement forBlock(int line) {
    Target target = targets.several();
    tokens.expectName("in");
    Expression iterable = expressions.tupleWithoutCondition();
    Optional<Expression> filter =
        tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    boolean recursive = tokens.skipName("recursive");
    endOfTag();
    loopsAround++;
    List<Statement> body = statements(Set.of("else", "endfor"));
    loopsAround--;
    List<Statement> otherwise = List.of();
    if (tokens.next().isName("else")) {
      otherwise = closedBody("endfor");
    }
    return new Statement.For(line, target, iterable, filter, body, otherwise, recursive);
  }

  private Statement jump(int line, Flow flow) {
    if (loopsAround == 0) {
      throw new TemplateFault("'break' or 'continue' stands outside of a loop");
    }
    return new Statement.Jump(line, flow);
  }

  private Statement setBlock(int line) {
    Target target = targets.withNamespace();
    if (tokens.skipOperator("=")) {
      return new Statement.Assign(line, target, expressions.tupleOrExpression());
    }
    List<Statement> body = new ArrayList<>();
    Expression value = expressions.primary().filters(new Expression.Enclosed(body));
    body.addAll(closedBody("endset"));
    return new Statement.Assign(line, target, value);
  }

  private Statement filterBlock(int line) {
    List<Statement> body = new ArrayList<>();
    Expression first = expressions.primary().filter(new Expression.Enclosed(body));
    Expression value = expressions.primary().filters(first);
    body.addAll(closedBody("endfilter"));
    return new Statement.Output(line, value);
  }

  private Statement withBlock(int line) {
    List<Target> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.current().is(Kind.BLOCK_END)) {
      if (!names.isEmpty()) {
        tokens.expectOperator(",");
      }
      names.add(targets.single());
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(line, names, values, body("endwith"));
  }
}
