package io.arete.engine.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Judges the regular expressions of a tokenizer.json. The library gives up after ten million steps
 * of a search by ending the process, so an expression that may take exponentially many is refused,
 * with all that is hard to judge. Those of published models are lists of simple alternatives.
 */
final class SplitPattern {

  private static final int MAX_LENGTH = 5_000;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_SIZE = 10_000;

  /** Repetitions without end that one alternative may try in all combinations. */
  private static final int MAX_REPETITIONS = 2;

  /** A repetition up to a higher number counts as one without end. */
  private static final int FEW = 16;

  /** Ways to go on that short repetitions and alternatives in groups leave one alternative. */
  private static final long MAX_WAYS = 1_024;

  private static final String[] GROUPS = {":", "=", "!", "<=", "<!", ">", "i:", "i)"};

  private final String pattern;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;
  private int repetitions;

  private SplitPattern(String pattern) {
    this.pattern = pattern;
  }

  /** Sums up what stands between brackets. */
  private static final class Group {

    /** Letters to match, each repetition counted. */
    private long size;

    /** Ways through the alternative so far, and through those before it. */
    private long ways = 1;

    private long otherWays;
    private boolean choice;
    private long lastSize;
    private boolean lastChoice;
  }

  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String reason) {
      super(reason, null, false, false);
    }
  }

  /** Why an expression is not handed on, if it is not. */
  static Optional<String> fault(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      return Optional.of("more than " + MAX_LENGTH + " letters");
    }
    try {
      new SplitPattern(pattern).scan();
      return Optional.empty();
    } catch (Fault fault) {
      return Optional.ofNullable(fault.getMessage());
    }
  }

  private void scan() {
    while (at < pattern.length()) {
      char letter = pattern.charAt(at++);
      switch (letter) {
        case '(' -> open();
        case ')' -> close();
        case '[' -> charClass();
        case '\\' -> escape();
        case '|' -> alternative();
        case '*', '+' -> {
          repeat(letter == '*' ? 0 : 1, Integer.MAX_VALUE);
          skipGreed();
        }
        case '?' -> {
          repeat(0, 1);
          skipGreed();
        }
        case '{' -> counted();
        default -> atom(1, false);
      }
    }
    if (!open.isEmpty()) {
      throw new Fault("a group that is not closed");
    }
  }

  private void open() {
    if (pattern.startsWith("?", at)) {
      at += 1 + groupKind().length();
      if (pattern.charAt(at - 1) == ')') {
        atom(0, false);
        return;
      }
    }
    open.push(group);
    group = new Group();
    if (open.size() > MAX_DEPTH) {
      throw new Fault("groups deeper than " + MAX_DEPTH);
    }
  }

  private String groupKind() {
    for (String kind : GROUPS) {
      if (pattern.startsWith(kind, at + 1)) {
        return kind;
      }
    }
    throw new Fault("a group of a kind that is unknown here");
  }

  private void close() {
    if (open.isEmpty()) {
      throw new Fault("a bracket that closes nothing");
    }
    Group inner = group;
    group = open.pop();
    atom(inner.size, inner.choice);
    choose(inner.otherWays + inner.ways);
  }

  private void alternative() {
    repetitions = open.isEmpty() ? 0 : repetitions;
    group.otherWays = open.isEmpty() ? 0 : group.otherWays + group.ways;
    group.ways = 1;
    atom(0, true);
  }

  /** A sign that says which length is tried first, or that no other is. */
  private void skipGreed() {
    if (pattern.startsWith("?", at) || pattern.startsWith("+", at)) {
      at++;
    }
  }

  private void choose(long ways) {
    group.ways *= ways;
    if (group.ways > MAX_WAYS) {
      throw new Fault("more than " + MAX_WAYS + " ways through one alternative");
    }
  }

  private void charClass() {
    int depth = 1;
    while (depth > 0) {
      if (pattern.startsWith("]", at) && "[^".indexOf(pattern.charAt(at - 1)) >= 0) {
        throw new Fault("an empty class");
      }
      if (at >= pattern.length()) {
        throw new Fault("a class that is not closed");
      }
      char letter = pattern.charAt(at++);
      at += letter == '\\' ? 1 : 0;
      depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
    }
    atom(1, false);
  }

  private void escape() {
    char letter = at < pattern.length() ? pattern.charAt(at++) : '1';
    if ("kgQKRXyYNO".indexOf(letter) >= 0 || (letter >= '1' && letter <= '9')) {
      throw new Fault("a reference or another escape that is unknown here");
    }
    if ("pPx".indexOf(letter) >= 0 && pattern.startsWith("{", at)) {
      at = pattern.indexOf('}', at) + 1;
      if (at == 0) {
        throw new Fault("a property that is not closed");
      }
    }
    atom(1, false);
  }

  private void counted() {
    int end = pattern.indexOf('}', at);
    String range = end < 0 ? "" : pattern.substring(at, end);
    if (!range.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      throw new Fault("a brace that is no number of repetitions");
    }
    at = end + 1;
    int comma = range.indexOf(',');
    String most = range.substring(comma + 1);
    int least = Integer.parseInt(comma < 0 ? range : range.substring(0, comma));
    repeat(least, most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most));
  }

  private void atom(long size, boolean choice) {
    group.size += size;
    group.lastSize = size;
    group.lastChoice = choice;
    group.choice |= choice;
  }

  /** The last atom again and again. */
  private void repeat(int least, int most) {
    boolean varies = least != most;
    boolean once = most == 1;
    if (group.lastChoice && !once) {
      throw new Fault("a repeated group in which there is a choice");
    }
    if (!varies || most <= FEW) {
      choose(Math.max(1, most - least + 1L));
    } else if (++repetitions > MAX_REPETITIONS) {
      throw new Fault("more than " + MAX_REPETITIONS + " long repetitions in one alternative");
    }
    group.size += group.lastSize * (most == Integer.MAX_VALUE ? 0 : Math.max(0, most - 1));
    if (group.size > MAX_SIZE) {
      throw new Fault("repetitions of more than " + MAX_SIZE + " letters");
    }
    group.choice |= varies;
    group.lastChoice = varies || group.lastChoice;
    group.lastSize *= Math.max(1, most == Integer.MAX_VALUE ? 1 : most);
  }
}
