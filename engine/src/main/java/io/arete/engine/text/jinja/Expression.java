package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has a value. Evaluate through {@link Interpreter#value}, which counts steps and depth. */
sealed interface Expression extends Node {

  Object evaluate(Interpreter in, Scope scope);

  /** A constant. */
  record Literal(Object value) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return value;
    }
  }

  /** A variable; a missing one is undefined, which is no error until it is used. */
  record Name(String name) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return scope.lookup(name);
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return in.values(items, scope);
    }
  }

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return new Tuple(in.values(items, scope));
    }
  }

  /** <code>{'a': b}</code>; keys and values in the order written. */
  record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      in.budget().elements(keys.size());
      Map<Object, Object> dict = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = in.value(keys.get(i), scope);
        dict.put(Values.requireKey(key), in.value(values.get(i), scope));
      }
      return dict;
    }
  }

  /** {@code a.b}. */
  record Attribute(Expression target, String name) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return Access.attribute(in.value(target, scope), name);
    }
  }

  /** {@code a[b]}. */
  record Item(Expression target, Expression index) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return Access.item(in, in.value(target, scope), in.value(index, scope));
    }
  }

  /** {@code a[start:stop:step]}. */
  record Slice(
      Expression target,
      Optional<Expression> start,
      Optional<Expression> stop,
      Optional<Expression> step)
      implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object value = in.value(target, scope);
      return Slices.slice(
          in, value, bound(in, scope, start), bound(in, scope, stop), bound(in, scope, step));
    }

    private static Object bound(Interpreter in, Scope scope, Optional<Expression> expression) {
      return expression.isPresent() ? in.value(expression.get(), scope) : None.NONE;
    }
  }

  /** {@code f(a, b=c)}. */
  record Call(Expression function, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object callee = in.value(function, scope);
      return in.call(callee, arguments.evaluate(in, scope));
    }
  }

  /** {@code a | filter(b)}. */
  record Filtered(Expression target, String filter, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object value = in.value(target, scope);
      return Filters.apply(in, filter, value, arguments.evaluate(in, scope));
    }
  }

  /** {@code a is test(b)}. */
  record Tested(Expression target, String test, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object value = in.value(target, scope);
      return ValueTests.holds(in, test, value, arguments.evaluate(in, scope));
    }
  }

  /** {@code not a}. */
  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return !Values.truth(in.value(operand, scope));
    }
  }

  /** {@code -a} or {@code +a}. */
  record Signed(boolean negative, Expression operand) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return Arithmetic.signed(negative, in.value(operand, scope));
    }
  }

  /** {@code a + b} and its like. */
  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object first = in.value(left, scope);
      return Arithmetic.binary(in, operator, first, in.value(right, scope));
    }
  }

  /** {@code a and b}, {@code a or b}: the value that decided, as in Python. */
  record Logical(boolean and, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object first = in.value(left, scope);
      return Values.truth(first) == and ? in.value(right, scope) : first;
    }
  }

  /** {@code a < b <= c}: each operand evaluated once, up to the first link that fails. */
  record Comparison(Expression first, List<String> operators, List<Expression> operands)
      implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      Object left = in.value(first, scope);
      for (int i = 0; i < operators.size(); i++) {
        Object right = in.value(operands.get(i), scope);
        if (!Comparisons.holds(in, operators.get(i), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  /** {@code a ~ b}: both as text. */
  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      List<String> texts = new ArrayList<>();
      for (Expression part : parts) {
        texts.add(in.text(in.value(part, scope)));
      }
      return Texts.join(in, "", texts);
    }
  }

  /** {@code a if b else c}; without else the other value is undefined. */
  record Conditional(Expression condition, Expression then, Optional<Expression> otherwise)
      implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      if (Values.truth(in.value(condition, scope))) {
        return in.value(then, scope);
      }
      return otherwise.isPresent()
          ? in.value(otherwise.get(), scope)
          : new Undefined("the inline if has no else and its condition is false");
    }
  }

  /** The text of the block that a {@code filter} or {@code set} tag encloses. */
  record Enclosed(List<Statement> body) implements Expression {
    @Override
    public Object evaluate(Interpreter in, Scope scope) {
      return in.capture(body, new Scope(scope));
    }
  }
}
