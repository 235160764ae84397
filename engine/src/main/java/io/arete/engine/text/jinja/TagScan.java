package io.arete.engine.text.jinja;

/** Recognises the tags {@code raw} and {@code endraw}, between which nothing is a tag. */
final class TagScan {

  private final String source;
  private int end;
  private boolean strips;
  private boolean keeps;
  private final int begin;

  /** Looks at the tag that begins with <code>{%</code> at that place. */
  TagScan(String source, int begin) {
    this.source = source;
    this.begin = begin;
  }

  boolean isRawBegin() {
    return matches("raw") && !keeps;
  }

  boolean isRawEnd() {
    return matches("endraw");
  }

  /** Where the raw text begins. */
  int rawBegin() {
    return isRawBegin() && strips ? Texts.skipSpace(source, end) : end;
  }

  /** The place after the tag. */
  int end() {
    return end;
  }

  boolean strips() {
    return strips;
  }

  boolean keeps() {
    return keeps;
  }

  private boolean matches(String name) {
    int at = begin + 2;
    if (at < source.length() && "+-".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    at = Texts.skipSpace(source, at);
    if (!source.startsWith(name, at)) {
      return false;
    }
    at = Texts.skipSpace(source, at + name.length());
    strips = source.startsWith("-%}", at);
    keeps = source.startsWith("+%}", at);
    end = at + (strips || keeps ? 3 : 2);
    return strips || keeps || source.startsWith("%}", at);
  }
}
