package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses what stands left of {@code =} and {@code in}. */
final class TargetParser {

  private static final Set<String> RESERVED =
      Set.of(
          "true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if",
          "else", "loop");

  private final TokenReader tokens;

  TargetParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /** One target or several with commas between them. */
  Target several() {
    Target first = single();
    if (!tokens.current().isOperator(",")) {
      return first;
    }
    List<Target> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !tokens.current().isName("in") && !endsTargets()) {
      parts.add(single());
    }
    return new Target.Several(parts);
  }

  /** What {@code set} may assign to: also a field of a namespace. */
  Target withNamespace() {
    if (!tokens.ahead().isOperator(".")) {
      return several();
    }
    String namespace = tokens.expect(Kind.NAME, "a name").text();
    tokens.next();
    return new Target.NamespaceField(namespace, tokens.expect(Kind.NAME, "a name").text());
  }

  /** A variable, or several targets in brackets. */
  Target single() {
    if (tokens.skipOperator("(")) {
      tokens.enter();
      Target inner = several();
      tokens.expectOperator(")");
      tokens.leave();
      return inner;
    }
    String name = tokens.expect(Kind.NAME, "a variable").text();
    if (RESERVED.contains(name)) {
      throw new TemplateFault("'" + name + "' cannot be assigned to");
    }
    return new Target.Variable(name);
  }

  private boolean endsTargets() {
    Token token = tokens.current();
    return token.isOperator("=") || token.isOperator(")") || token.is(Kind.BLOCK_END);
  }
}
