package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Optional;

/** What writes or changes something. Execute through {@link Interpreter#execute}. */
sealed interface Statement extends Node {

  /** How a statement ended: normally, or by leaving the iteration or the loop around it. */
  enum Flow {
    NEXT,
    CONTINUE,
    BREAK
  }

  int line();

  Flow run(Interpreter in, Scope scope);

  /** Text outside of tags. */
  record Data(int line, String text) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      in.write(text);
      return Flow.NEXT;
    }
  }

  /** <code>{{ a }}</code>. */
  record Output(int line, Expression value) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      in.write(in.text(in.value(value, scope)));
      return Flow.NEXT;
    }
  }

  /** <code>{% if %}</code> with its branches in order; an else is a branch that is always true. */
  record If(int line, List<Branch> branches) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      for (Branch branch : branches) {
        in.atLine(branch.line());
        if (Values.truth(in.value(branch.condition(), scope))) {
          return in.execute(branch.body(), scope);
        }
      }
      return Flow.NEXT;
    }
  }

  /** One condition and what it guards. */
  record Branch(int line, Expression condition, List<Statement> body) {}

  /** <code>{% for %}</code>: every iteration has a scope of its own. */
  record For(
      int line,
      Target target,
      Expression iterable,
      Optional<Expression> filter,
      List<Statement> body,
      List<Statement> otherwise,
      boolean recursive)
      implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      Loop.run(in, this, scope, in.value(iterable, scope), 0);
      return Flow.NEXT;
    }
  }

  /** <code>{% break %}</code> and <code>{% continue %}</code>. */
  record Jump(int line, Flow flow) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      return flow;
    }
  }

  /** <code>{% set a = b %}</code>, also of an enclosed block. */
  record Assign(int line, Target target, Expression value) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      target.assign(in, scope, in.value(value, scope));
      return Flow.NEXT;
    }
  }

  /** <code>{% with a = b %}</code>: values are seen from outside of the block. */
  record With(int line, List<Target> targets, List<Expression> values, List<Statement> body)
      implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      List<Object> found = in.values(values, scope);
      Scope inner = new Scope(scope);
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(in, inner, found.get(i));
      }
      return in.execute(body, inner);
    }
  }

  /** <code>{% macro %}</code>. */
  record DefineMacro(int line, MacroShape shape) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      scope.set(shape.name(), new Macro(shape, scope));
      return Flow.NEXT;
    }
  }

  /** <code>{% call %}</code>: the block is handed to the called macro as {@code caller}. */
  record CallBlock(int line, Expression function, CallArguments arguments, MacroShape caller)
      implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      Object callee = in.value(function, scope);
      Arguments given = arguments.evaluate(in, scope);
      in.write(in.text(in.callWithCaller(callee, given, new Macro(caller, scope))));
      return Flow.NEXT;
    }
  }

  /** <code>{% generation %}</code>: marks the model's words, and scopes what is set inside. */
  record Generation(int line, List<Statement> body) implements Statement {
    @Override
    public Flow run(Interpreter in, Scope scope) {
      return in.execute(body, new Scope(scope));
    }
  }
}
