package io.arete.engine.text.jinja;

import io.arete.engine.text.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a template into tokens and settles its white space: {@code -} strips, {@code +} keeps, a
 * newline after a block tag goes ({@code trim_blocks}), blanks before a block tag that begins a
 * line go ({@code lstrip_blocks}), and one trailing newline of the template goes.
 */
final class Lexer {

  private static final String[] OPERATORS = {
    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}",
    ">", "<", "=", ".", ":", "|", ",", ";"
  };

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int countedTo;

  Lexer(String text) {
    String unified = text.replace("\r\n", "\n").replace('\r', '\n');
    source = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
  }

  /** The line that was reached, for messages. */
  int line() {
    countLines(Math.min(position, source.length()));
    return line;
  }

  List<Token> tokens() {
    while (position < source.length()) {
      int tag = nextTag(position);
      if (tag < 0) {
        add(Kind.DATA, source.substring(position));
        position = source.length();
        break;
      }
      char type = source.charAt(tag + 1);
      addData(position, tag, type != '{');
      position = tag;
      if (type == '#') {
        skipComment();
      } else if (type == '%' && new TagScan(source, tag).isRawBegin()) {
        raw(tag);
      } else {
        position = tag + 2 + signLength(tag + 2);
        add(type == '{' ? Kind.OUTPUT_BEGIN : Kind.BLOCK_BEGIN, "");
        tag(type == '{' ? "}}" : "%}");
      }
    }
    add(Kind.END, "");
    return tokens;
  }

  private int nextTag(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Adds the text before the tag that begins at {@code end}, stripped as the tag's sign says. */
  private void addData(int start, int end, boolean stripsLineStart) {
    char sign = end + 2 < source.length() ? source.charAt(end + 2) : ' ';
    int keep = end;
    if (sign == '-') {
      while (keep > start && Texts.isSpace(source.charAt(keep - 1))) {
        keep--;
      }
    } else if (sign != '+' && stripsLineStart) {
      int lineStart = end;
      while (lineStart > start
          && source.charAt(lineStart - 1) != '\n'
          && Texts.isSpace(source.charAt(lineStart - 1))) {
        lineStart--;
      }
      if (lineStart == 0 || source.charAt(lineStart - 1) == '\n') {
        keep = lineStart;
      }
    }
    if (keep > start) {
      add(Kind.DATA, source.substring(start, keep));
    }
  }

  private int signLength(int at) {
    return at < source.length() && "+-".indexOf(source.charAt(at)) >= 0 ? 1 : 0;
  }

  private void skipComment() {
    int start = position + 2 + signLength(position + 2);
    int end = source.indexOf("#}", start);
    if (end < 0) {
      throw new TemplateFault("a comment '{#' has no end '#}'");
    }
    char sign = end > start ? source.charAt(end - 1) : ' ';
    position = end;
    closeTag(sign == '-', 2, sign != '+');
  }

  private void raw(int tag) {
    int start = new TagScan(source, tag).rawBegin();
    for (int i = source.indexOf("{%", start); i >= 0; i = source.indexOf("{%", i + 2)) {
      TagScan scan = new TagScan(source, i);
      if (scan.isRawEnd()) {
        position = start;
        addData(start, i, true);
        position = scan.end();
        closeTag(scan.strips(), 0, !scan.keeps());
        return;
      }
    }
    throw new TemplateFault("block 'raw' has no 'endraw'");
  }

  /** Moves over a closing tag and the white space that it takes with it. */
  private void closeTag(boolean strips, int length, boolean takesNewline) {
    position += length;
    if (strips) {
      position = Texts.skipSpace(source, position);
    } else if (takesNewline && position < source.length() && source.charAt(position) == '\n') {
      position++;
    }
  }

  private void tag(String end) {
    Deque<Character> open = new ArrayDeque<>();
    while (true) {
      position = Texts.skipSpace(source, position);
      if (position >= source.length()) {
        throw new TemplateFault("a tag has no end '" + end + "'");
      }
      if (open.isEmpty() && closes(end)) {
        return;
      }
      word(open);
    }
  }

  private boolean closes(String end) {
    boolean block = end.equals("%}");
    boolean strips = source.startsWith("-" + end, position);
    boolean keeps = block && source.startsWith("+" + end, position);
    if (!strips && !keeps && !source.startsWith(end, position)) {
      return false;
    }
    add(block ? Kind.BLOCK_END : Kind.OUTPUT_END, "");
    closeTag(strips, strips || keeps ? 3 : 2, block && !keeps);
    return true;
  }

  private void word(Deque<Character> open) {
    char first = source.charAt(position);
    if (first >= '0' && first <= '9') {
      number();
    } else if (Character.isLetterOrDigit(first) || first == '_') {
      int end = position;
      while (end < source.length()
          && (Character.isLetterOrDigit(source.charAt(end)) || source.charAt(end) == '_')) {
        end++;
      }
      take(Kind.NAME, end);
    } else if (first == '\'' || first == '"') {
      string(first);
    } else {
      operator(open);
    }
  }

  private void number() {
    int end = digits(position);
    Kind kind = Kind.INTEGER;
    boolean afterDot = position > 0 && source.charAt(position - 1) == '.';
    if (!afterDot && end + 1 < source.length() && source.charAt(end) == '.') {
      int fraction = digits(end + 1);
      if (fraction > end + 1) {
        end = fraction;
        kind = Kind.FLOAT;
      }
    }
    if (!afterDot && end < source.length() && "eE".indexOf(source.charAt(end)) >= 0) {
      int exponent = end + 1 + signLength(end + 1);
      if (digits(exponent) > exponent) {
        end = digits(exponent);
        kind = Kind.FLOAT;
      }
    }
    String text = source.substring(position, end);
    boolean leadingZero = kind == Kind.INTEGER && text.startsWith("0") && hasOtherThanZero(text);
    if (leadingZero || (end < source.length() && isWordPart(source.charAt(end)))) {
      throw new TemplateFault("number '" + Texts.shortened(text) + "' has a form that is unknown");
    }
    add(kind, text.replace("_", ""));
    position = end;
  }

  private static boolean hasOtherThanZero(String digits) {
    return digits.chars().anyMatch(digit -> digit != '0' && digit != '_');
  }

  private int digits(int from) {
    int end = from;
    while (end < source.length()
        && (isDigit(source.charAt(end))
            || (source.charAt(end) == '_'
                && end > from
                && end + 1 < source.length()
                && isDigit(source.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static boolean isWordPart(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_';
  }

  private void string(char quote) {
    int end = position + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new TemplateFault("a string has no closing " + quote);
    }
    add(Kind.STRING, Escapes.decode(source.substring(position + 1, end)));
    position = end + 1;
  }

  private void operator(Deque<Character> open) {
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, position)) {
        balance(operator, open);
        take(Kind.OPERATOR, position + operator.length());
        return;
      }
    }
    throw new TemplateFault(
        "character '" + Character.toString(source.codePointAt(position)) + "' is not known here");
  }

  private static void balance(String operator, Deque<Character> open) {
    int opening = "([{".indexOf(operator);
    if (opening >= 0) {
      open.push(")]}".charAt(opening));
    } else if (")]}".contains(operator) && (open.isEmpty() || open.pop() != operator.charAt(0))) {
      throw new TemplateFault("bracket '" + operator + "' closes nothing");
    }
  }

  private void take(Kind kind, int end) {
    add(kind, source.substring(position, end));
    position = end;
  }

  private void add(Kind kind, String text) {
    countLines(position);
    tokens.add(new Token(kind, text, line));
  }

  private void countLines(int end) {
    for (; countedTo < end; countedTo++) {
      if (source.charAt(countedTo) == '\n') {
        line++;
      }
    }
  }
}
