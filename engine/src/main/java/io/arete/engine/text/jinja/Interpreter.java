package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Statement.Flow;
import io.arete.engine.text.jinja.Statement.For;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Walks the node tree of one rendering: counts its cost, knows its line, gathers its output. */
final class Interpreter {

  private final Budget budget = new Budget();
  private final Clock clock;
  private StringBuilder output = new StringBuilder();
  private int line = 1;

  Interpreter(Clock clock) {
    this.clock = clock;
  }

  Budget budget() {
    return budget;
  }

  Clock clock() {
    return clock;
  }

  /** The line of the statement that runs. */
  int line() {
    return line;
  }

  void atLine(int number) {
    line = number;
  }

  Object value(Expression expression, Scope scope) {
    budget.enter();
    Object value = expression.evaluate(this, scope);
    budget.leave();
    return value;
  }

  /** The values of several expressions as a new list. */
  List<Object> values(List<Expression> expressions, Scope scope) {
    budget.elements(expressions.size());
    List<Object> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(value(expression, scope));
    }
    return values;
  }

  Flow execute(List<Statement> block, Scope scope) {
    budget.enter();
    Flow flow = Flow.NEXT;
    for (int i = 0; i < block.size() && flow == Flow.NEXT; i++) {
      budget.steps(1);
      line = block.get(i).line();
      flow = block.get(i).run(this, scope);
    }
    budget.leave();
    return flow;
  }

  /** The text that a block writes, which does not reach the output. */
  String capture(List<Statement> block, Scope scope) {
    return captured(() -> execute(block, scope));
  }

  /** The text that a loop writes when it calls itself on other items. */
  String captureLoop(For loop, Scope scope, Object iterable, int depth) {
    return captured(() -> Loop.run(this, loop, scope, iterable, depth));
  }

  Object call(Object callee, Arguments arguments) {
    if (callee instanceof Callable function) {
      budget.enter();
      Object value = function.call(this, arguments);
      budget.leave();
      return value;
    }
    throw notCallable(callee);
  }

  /** Calls a macro that may call the enclosed block back. */
  Object callWithCaller(Object callee, Arguments arguments, Macro caller) {
    if (callee instanceof Macro macro) {
      return macro.call(this, arguments, caller);
    }
    throw callee instanceof Callable
        ? new TemplateFault("a 'call' block can call macros only")
        : notCallable(callee);
  }

  /** A value as the text that jinja2 prints for it. */
  String text(Object value) {
    return Printing.text(this, value);
  }

  void write(String text) {
    budget.text(text.length());
    if ((long) output.length() + text.length() > Budget.MAX_TEXT) {
      throw new TemplateFault("the output grows beyond " + Budget.MAX_TEXT + " characters");
    }
    output.append(text);
  }

  String output() {
    return output.toString();
  }

  private String captured(Runnable writer) {
    StringBuilder around = output;
    int lineAround = line;
    output = new StringBuilder();
    writer.run();
    String text = output.toString();
    output = around;
    line = lineAround;
    return text;
  }

  private static TemplateFault notCallable(Object callee) {
    return callee instanceof Undefined undefined
        ? undefined.fault()
        : new TemplateFault(Values.typeName(callee) + " cannot be called");
  }
}
