package io.arete.engine.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters that take or give text. */
final class TextFilters {

  /** Filters that a safe string may pass through. */
  static final Set<String> ACCEPT_MARKUP = Set.of("safe", "escape", "e");

  private TextFilters() {}

  static void register(Map<String, Filters.Filter> filters) {
    filters.put("upper", (in, value, given) -> Texts.upper(soft(in, "upper", value, given)));
    filters.put("lower", (in, value, given) -> Texts.lower(soft(in, "lower", value, given)));
    filters.put("title", (in, value, given) -> title(soft(in, "title", value, given)));
    filters.put(
        "capitalize", (in, value, given) -> Texts.capitalize(soft(in, "capitalize", value, given)));
    filters.put("string", (in, value, given) -> soft(in, "string", value, given));
    filters.put("trim", TextFilters::trim);
    filters.put("replace", TextFilters::replace);
    filters.put("indent", TextFilters::indent);
    filters.put("center", TextFilters::center);
    filters.put("format", TextFilters::format);
    filters.put("tojson", TextFilters::toJson);
    filters.put("safe", TextFilters::safe);
    filters.put("escape", TextFilters::escape);
    filters.put("e", TextFilters::escape);
  }

  private static String soft(Interpreter in, String name, Object value, Arguments given) {
    given.bind("filter '" + name + "'");
    String text = in.text(value);
    in.budget().text(text.length());
    return text;
  }

  private static Object trim(Interpreter in, Object value, Arguments given) {
    Object letters = given.bind("filter 'trim'", "chars").or("chars", None.NONE);
    return Texts.strip(in.text(value), StringMethods.stripped(letters), true, true);
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      String letter = Character.toString(point);
      title.append(begins ? Texts.upper(letter) : Texts.lower(letter));
      begins = "-({[<".indexOf(point) >= 0 || Texts.isSpace(point);
      i += Character.charCount(point);
    }
    return title.toString();
  }

  private static Object replace(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'replace'", "old", "new", "count");
    int count = bound.or("count", None.NONE) == None.NONE ? -1 : bound.integerOr("count", -1);
    return Texts.replace(
        in, in.text(value), in.text(bound.get("old")), in.text(bound.get("new")), count);
  }

  private static Object indent(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound = given.bind("filter 'indent'", "width", "first", "blank");
    String indentation =
        bound.or("width", 4L) instanceof String text
            ? text
            : Arithmetic.binary(in, "*", " ", (long) bound.integerOr("width", 4)).toString();
    List<String> lines = Texts.lines(in, in.text(value) + "\n", false);
    in.budget().text((long) lines.size() * (indentation.length() + 1) + in.text(value).length());
    boolean blank = bound.flag("blank", false);
    StringBuilder indented = new StringBuilder(bound.flag("first", false) ? indentation : "");
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        indented.append('\n').append(blank || !lines.get(i).isEmpty() ? indentation : "");
      }
      indented.append(lines.get(i));
    }
    return indented.toString();
  }

  private static Object center(Interpreter in, Object value, Arguments given) {
    int width = given.bind("filter 'center'", "width").integerOr("width", 80);
    return StringMethods.padded(in, in.text(value), width, ' ', true, true);
  }

  private static Object format(Interpreter in, Object value, Arguments given) {
    if (!given.named().isEmpty()) {
      throw new TemplateFault("filter 'format' with named values is unknown");
    }
    return Formatting.percent(in, in.text(value), new Tuple(given.positional()));
  }

  private static Object toJson(Interpreter in, Object value, Arguments given) {
    Arguments.Bound bound =
        given.bind("filter 'tojson'", "ensure_ascii", "indent", "separators", "sort_keys");
    Object width = bound.or("indent", None.NONE);
    boolean lines = width != None.NONE;
    String indent = "";
    if (width instanceof String text) {
      indent = text;
    } else if (lines) {
      indent = Arithmetic.binary(in, "*", " ", Values.requireInteger(width, "indent")).toString();
    }
    String itemEnd = lines ? "," : ", ";
    String keyEnd = ": ";
    Object separators = bound.or("separators", None.NONE);
    if (separators != None.NONE) {
      List<?> pair = Iteration.items(in, separators);
      if (pair.size() != 2) {
        throw new TemplateFault("filter 'tojson' needs two separators");
      }
      itemEnd = in.text(pair.get(0));
      keyEnd = in.text(pair.get(1));
    }
    boolean sorted = bound.flag("sort_keys", false);
    boolean ascii = bound.flag("ensure_ascii", false);
    return Json.dumps(in, value, new Json.Style(lines, indent, itemEnd, keyEnd, sorted, ascii));
  }

  private static Object safe(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'safe'");
    return new Markup(in.text(value));
  }

  private static Object escape(Interpreter in, Object value, Arguments given) {
    given.bind("filter 'escape'");
    if (value instanceof Markup) {
      return value;
    }
    String text = in.text(value);
    String[][] entities = {
      {"&", "&amp;"}, {">", "&gt;"}, {"<", "&lt;"}, {"'", "&#39;"}, {"\"", "&#34;"}
    };
    for (String[] entity : entities) {
      text = Texts.replace(in, text, entity[0], entity[1], -1);
    }
    return new Markup(text);
  }
}
