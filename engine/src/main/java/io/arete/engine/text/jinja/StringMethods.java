package io.arete.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of Python strings that templates use. Those of Python that are not here fail. */
final class StringMethods {

  private static final Set<String> NOT_KNOWN_HERE =
      Set.of(
          "encode",
          "expandtabs",
          "format_map",
          "isascii",
          "isdecimal",
          "isidentifier",
          "isnumeric",
          "isprintable",
          "istitle",
          "maketrans",
          "translate");

  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          Map.entry("strip", (in, text, given) -> strip(text, given, true, true)),
          Map.entry("lstrip", (in, text, given) -> strip(text, given, true, false)),
          Map.entry("rstrip", (in, text, given) -> strip(text, given, false, true)),
          Map.entry("lower", (in, text, given) -> plain("lower", given, Texts.lower(text))),
          Map.entry("casefold", (in, text, given) -> plain("casefold", given, Texts.lower(text))),
          Map.entry("upper", (in, text, given) -> plain("upper", given, Texts.upper(text))),
          Map.entry("title", (in, text, given) -> plain("title", given, Texts.title(text))),
          Map.entry(
              "capitalize",
              (in, text, given) -> plain("capitalize", given, Texts.capitalize(text))),
          Map.entry("swapcase", (in, text, given) -> plain("swapcase", given, swapCase(text))),
          Map.entry("split", SplitMethods::split),
          Map.entry("rsplit", SplitMethods::rightSplit),
          Map.entry("splitlines", SplitMethods::lines),
          Map.entry("partition", SplitMethods::partition),
          Map.entry("rpartition", SplitMethods::rightPartition),
          Map.entry("join", StringMethods::join),
          Map.entry("replace", StringMethods::replace),
          Map.entry("format", Formatting::braces),
          Map.entry("startswith", (in, text, given) -> affix("startswith", text, given)),
          Map.entry("endswith", (in, text, given) -> affix("endswith", text, given)),
          Map.entry("removeprefix", StringMethods::removePrefix),
          Map.entry("removesuffix", StringMethods::removeSuffix),
          Map.entry("find", (in, text, given) -> find(in, "find", text, given)),
          Map.entry("rfind", (in, text, given) -> find(in, "rfind", text, given)),
          Map.entry("index", (in, text, given) -> index(in, "index", text, given)),
          Map.entry("rindex", (in, text, given) -> index(in, "rindex", text, given)),
          Map.entry("count", StringMethods::count),
          Map.entry("zfill", StringMethods::zeroFill),
          Map.entry("ljust", (in, text, given) -> pad(in, "ljust", text, given)),
          Map.entry("rjust", (in, text, given) -> pad(in, "rjust", text, given)),
          Map.entry("center", (in, text, given) -> pad(in, "center", text, given)),
          Map.entry("isdigit", (in, text, given) -> all(text, Character::isDigit)),
          Map.entry("isalpha", (in, text, given) -> all(text, Character::isLetter)),
          Map.entry("isalnum", (in, text, given) -> all(text, Character::isLetterOrDigit)),
          Map.entry("isspace", (in, text, given) -> all(text, Texts::isSpace)),
          Map.entry("isupper", (in, text, given) -> isCase(text, true)),
          Map.entry("islower", (in, text, given) -> isCase(text, false)));

  /** A method's work on its string. */
  interface Method {
    Object call(Interpreter in, String text, Arguments given);
  }

  private StringMethods() {}

  static Object member(String text, String name) {
    Method method = METHODS.get(name);
    if (method != null) {
      return (Callable)
          (in, given) -> {
            in.budget().text(text.length());
            return method.call(in, text, given);
          };
    }
    if (NOT_KNOWN_HERE.contains(name)) {
      throw new TemplateFault("string method '" + name + "' is unknown");
    }
    return Access.absent(text, name);
  }

  /** The letters that strip takes: those given, or white space. */
  static IntPredicate stripped(Object letters) {
    if (letters == None.NONE) {
      return Texts::isSpace;
    }
    if (letters instanceof String set) {
      if (set.length() > 1000) {
        throw new TemplateFault("'strip' takes at most 1000 letters");
      }
      return point -> set.indexOf(point) >= 0;
    }
    throw new TemplateFault("'strip' needs a string but got " + Values.typeName(letters));
  }

  /** The text in a field of that many characters. */
  static String padded(
      Interpreter in, String text, int width, int fill, boolean left, boolean right) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    in.budget().text(text.length() + 2L * missing);
    int before = left && right ? missing / 2 + (missing & width & 1) : left ? missing : 0;
    String filler = Character.toString(fill);
    return filler.repeat(before) + text + filler.repeat(missing - before);
  }

  private static Object plain(String name, Arguments given, String result) {
    given.bind(name + "()");
    return result;
  }

  private static Object strip(String text, Arguments given, boolean left, boolean right) {
    Object letters = given.bind("strip()", "chars").or("chars", None.NONE);
    return Texts.strip(text, stripped(letters), left, right);
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            letter -> {
              boolean upper = Character.isUpperCase(letter.codePointAt(0));
              swapped.append(upper ? Texts.lower(letter) : Texts.upper(letter));
            });
    return swapped.toString();
  }

  private static Object join(Interpreter in, String text, Arguments given) {
    List<String> parts = new ArrayList<>();
    for (Object item : Iteration.items(in, given.bind("join()", "iterable").get("iterable"))) {
      in.budget().elements(1);
      if (!(item instanceof String part)) {
        throw new TemplateFault("join() needs strings but got " + Values.typeName(item));
      }
      parts.add(part);
    }
    return Texts.join(in, text, parts);
  }

  private static Object replace(Interpreter in, String text, Arguments given) {
    Arguments.Bound bound = given.bind("replace()", "old", "new", "count");
    return Texts.replace(
        in, text, bound.text("old"), bound.text("new"), bound.integerOr("count", -1));
  }

  private static Object affix(String name, String text, Arguments given) {
    Object wanted = given.bind(name + "()", "affix").get("affix");
    List<?> choices = wanted instanceof Tuple tuple ? tuple.items() : List.of(wanted);
    for (Object choice : choices) {
      if (!(choice instanceof String affix)) {
        throw new TemplateFault(name + "() needs a string but got " + Values.typeName(choice));
      }
      if (name.equals("startswith") ? text.startsWith(affix) : text.endsWith(affix)) {
        return true;
      }
    }
    return false;
  }

  private static Object removePrefix(Interpreter in, String text, Arguments given) {
    String prefix = given.bind("removeprefix()", "prefix").text("prefix");
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static Object removeSuffix(Interpreter in, String text, Arguments given) {
    String suffix = given.bind("removesuffix()", "suffix").text("suffix");
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static Object find(Interpreter in, String name, String text, Arguments given) {
    String part = given.bind(name + "()", "sub").text("sub");
    in.budget().search(text.length(), part.length());
    int at = name.startsWith("r") ? text.lastIndexOf(part) : text.indexOf(part);
    return at < 0 ? -1L : (long) text.codePointCount(0, at);
  }

  private static Object index(Interpreter in, String name, String text, Arguments given) {
    Object found = find(in, name, text, given);
    if (found.equals(-1L)) {
      throw new TemplateFault(name + "() does not find its text");
    }
    return found;
  }

  private static Object count(Interpreter in, String text, Arguments given) {
    String part = given.bind("count()", "sub").text("sub");
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    in.budget().search(text.length(), part.length());
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static Object zeroFill(Interpreter in, String text, Arguments given) {
    int width = given.bind("zfill()", "width").integerOr("width", 0);
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String sign = signed ? text.substring(0, 1) : "";
    String rest = text.substring(sign.length());
    return sign + padded(in, rest, width - sign.length(), '0', true, false);
  }

  private static Object pad(Interpreter in, String name, String text, Arguments given) {
    Arguments.Bound bound = given.bind(name + "()", "width", "fillchar");
    String fill = bound.textOr("fillchar", " ");
    if (fill.isEmpty() || fill.codePointCount(0, fill.length()) != 1) {
      throw new TemplateFault(name + "() needs one fill character");
    }
    boolean left = !name.equals("ljust");
    boolean right = !name.equals("rjust");
    return padded(in, text, bound.integerOr("width", 0), fill.codePointAt(0), left, right);
  }

  private static boolean all(String text, IntPredicate fits) {
    return !text.isEmpty() && text.codePoints().allMatch(fits);
  }

  static boolean isCase(String text, boolean upper) {
    boolean found =
        text.codePoints().anyMatch(upper ? Character::isUpperCase : Character::isLowerCase);
    return found
        && text.codePoints().noneMatch(upper ? Character::isLowerCase : Character::isUpperCase);
  }
}
