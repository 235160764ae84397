package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Statement.Flow;
import io.arete.engine.text.jinja.Statement.For;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running {@code for} loop; the template sees it as {@code loop}. */
final class Loop implements Callable {

  private final For statement;
  private final Scope scope;
  private final List<Object> items;
  private final int depth;
  private int index;
  private @Nullable Object lastChanged;

  private Loop(For statement, Scope scope, List<Object> items, int depth) {
    this.statement = statement;
    this.scope = scope;
    this.items = items;
    this.depth = depth;
  }

  /** Runs the loop over what the iterable holds; {@code depth} counts recursive calls from 0. */
  static void run(Interpreter in, For statement, Scope scope, Object iterable, int depth) {
    Loop loop = new Loop(statement, scope, kept(in, statement, scope, iterable), depth);
    if (loop.items.isEmpty()) {
      in.execute(statement.otherwise(), new Scope(scope));
      return;
    }
    for (loop.index = 0; loop.index < loop.items.size(); loop.index++) {
      Scope inner = new Scope(scope);
      inner.set("loop", loop);
      statement.target().assign(in, inner, loop.items.get(loop.index));
      if (in.execute(statement.body(), inner) == Flow.BREAK) {
        break;
      }
    }
  }

  /** Called as {@code loop(items)}: a recursive loop runs itself on other items. */
  @Override
  public Object call(Interpreter in, Arguments arguments) {
    if (!statement.recursive()) {
      throw new TemplateFault("the loop is called but is not marked 'recursive'");
    }
    Object iterable = arguments.bind("loop()", "iterable").get("iterable");
    return in.captureLoop(statement, scope, iterable, depth + 1);
  }

  Object attribute(String name) {
    int size = items.size();
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) size - index;
      case "revindex0" -> size - index - 1L;
      case "first" -> index == 0;
      case "last" -> index == size - 1;
      case "length" -> (long) size;
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> neighbor(index - 1, "there is no previous item");
      case "nextitem" -> neighbor(index + 1, "there is no next item");
      case "cycle" -> (Callable) (in, given) -> cycle(given.positional());
      case "changed" -> (Callable) (in, given) -> changed(in, new Tuple(given.positional()));
      default -> new Undefined("'loop' has no attribute '" + Texts.shortened(name) + "'");
    };
  }

  private static List<Object> kept(Interpreter in, For statement, Scope scope, Object iterable) {
    List<?> all = Iteration.items(in, iterable);
    List<Object> kept = new ArrayList<>();
    for (Object item : all) {
      in.budget().elements(1);
      if (statement.filter().isPresent()) {
        Scope inner = new Scope(scope);
        statement.target().assign(in, inner, item);
        if (!Values.truth(in.value(statement.filter().get(), inner))) {
          continue;
        }
      }
      kept.add(item);
    }
    return kept;
  }

  private Object neighbor(int place, String reason) {
    return place >= 0 && place < items.size() ? items.get(place) : new Undefined(reason);
  }

  private Object cycle(List<Object> values) {
    if (values.isEmpty()) {
      throw new TemplateFault("loop.cycle() lacks its values");
    }
    return values.get(index % values.size());
  }

  private Object changed(Interpreter in, Tuple values) {
    boolean same = lastChanged != null && Comparisons.equal(in, lastChanged, values);
    lastChanged = values;
    return !same;
  }
}
