package io.arete.engine.text.jinja;

/**
 * What one rendering may cost. Every evaluated node is a step, every created list element four,
 * every created character counts towards a total, and every scanned character is a fraction of a
 * step, so a hostile template stops within about a second and some hundred megabytes.
 */
final class Budget {

  /** Steps of one rendering. A long real chat takes some ten thousand. */
  static final long MAX_STEPS = 5_000_000;

  /** Nesting of expressions, blocks and macro calls while rendering. */
  static final int MAX_DEPTH = 400;

  /** Nesting of lists and maps in a value that is printed, compared or passed in. */
  static final int MAX_VALUE_DEPTH = 100;

  /** Characters of any one text, the rendered prompt included. */
  static final int MAX_TEXT = 4_000_000;

  /** Characters of all texts that one rendering creates. */
  static final long MAX_TEXT_TOTAL = 64_000_000;

  private static final int STEPS_PER_ELEMENT = 4;
  private static final int SCANNED_PER_STEP = 64;

  private long steps;
  private long textTotal;
  private int depth;

  void enter() {
    steps(1);
    if (++depth > MAX_DEPTH) {
      throw new TemplateFault(
          "expressions, blocks or macro calls nest deeper than " + MAX_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  void steps(long count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw new TemplateFault("rendering takes more than " + MAX_STEPS + " steps");
    }
  }

  /** Charges a new list or map of that many elements, before it is allocated. */
  void elements(long count) {
    steps(Math.multiplyExact(Math.min(count, MAX_STEPS), STEPS_PER_ELEMENT));
  }

  /** Charges a new text of that many characters, before it is allocated. */
  void text(long length) {
    if (length > MAX_TEXT) {
      throw new TemplateFault("a text grows beyond " + MAX_TEXT + " characters");
    }
    textTotal += length;
    if (textTotal > MAX_TEXT_TOTAL) {
      throw new TemplateFault(
          "rendering creates more than " + MAX_TEXT_TOTAL + " characters of text");
    }
  }

  /** Charges reading that many characters. */
  void scan(long length) {
    steps(length / SCANNED_PER_STEP + 1);
  }

  /** Charges a search of a needle in a haystack, which may compare each with each. */
  void search(int haystack, int needle) {
    scan((long) haystack * Math.max(1, needle));
  }

  /** Fails if a value nests deeper than printing or comparing may recurse. */
  static void requireValueDepth(int depth) {
    if (depth > MAX_VALUE_DEPTH) {
      throw new TemplateFault(
          "a value nests lists or maps deeper than " + MAX_VALUE_DEPTH + " levels");
    }
  }
}
