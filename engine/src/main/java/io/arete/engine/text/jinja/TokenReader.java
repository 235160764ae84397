package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Token.Kind;
import java.util.List;

/** The parsers' place in the tokens, and how deep they have nested. */
final class TokenReader {

  /** Nesting of brackets, operators and blocks in a template. */
  static final int MAX_NESTING = 100;

  private final List<Token> tokens;
  private int place;
  private int nesting;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(place);
  }

  /** The number of tokens read so far. */
  int place() {
    return place;
  }

  /** Whether a name occurs among the tokens read since a place. */
  boolean namedSince(int since, String name) {
    return tokens.subList(since, place).stream().anyMatch(token -> token.isName(name));
  }

  Token ahead() {
    return tokens.get(Math.min(place + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    if (place < tokens.size() - 1) {
      place++;
    }
    return token;
  }

  boolean skipOperator(String operator) {
    boolean found = current().isOperator(operator);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = current().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  Token expect(Kind kind, String wanted) {
    if (!current().is(kind)) {
      throw unexpected(wanted);
    }
    return next();
  }

  TemplateFault unexpected(String wanted) {
    return new TemplateFault(current().shown() + " stands where " + wanted + " is expected");
  }

  void enter() {
    if (++nesting > MAX_NESTING) {
      throw new TemplateFault("it nests deeper than " + MAX_NESTING + " levels");
    }
  }

  void leave() {
    nesting--;
  }
}
