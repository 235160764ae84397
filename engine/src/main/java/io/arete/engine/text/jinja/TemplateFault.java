package io.arete.engine.text.jinja;

/**
 * What went wrong inside a template, without its line: {@link JinjaTemplate} knows the line and
 * turns this into the failure that users see.
 */
final class TemplateFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TemplateFault(String sentence) {
    super(sentence, null, false, false);
  }
}
