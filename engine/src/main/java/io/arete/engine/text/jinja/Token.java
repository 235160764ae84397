package io.arete.engine.text.jinja;

/** One word of a template and the line it stands on, counted from 1. */
record Token(Kind kind, String text, int line) {

  enum Kind {
    DATA,
    OUTPUT_BEGIN,
    OUTPUT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isName(String wanted) {
    return kind == Kind.NAME && text.equals(wanted);
  }

  boolean isOperator(String wanted) {
    return kind == Kind.OPERATOR && text.equals(wanted);
  }

  /** How a message shows this token. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the template";
      case DATA -> "text";
      case BLOCK_END -> "'%}'";
      case OUTPUT_END -> "'}}'";
      default -> "'" + Texts.shortened(text) + "'";
    };
  }
}
