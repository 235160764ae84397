package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;

/** A model's folder, absolute or relative, or {@code endpoint}, or {@code truth}. */
record JudgeName() implements Kind<String> {

  private static final Texts.File FOLDER = new Texts.File();

  @Override
  public String parse(YamlNode node, PathBase folders) throws WrongValue {
    String text = Texts.scalar(node, describe());
    return EvaluationSection.isFolder(text) ? FOLDER.parse(node, folders).toString() : text;
  }

  @Override
  public String print(String value) {
    return YamlText.quote(value);
  }

  @Override
  public String describe() {
    return "a model's folder, endpoint or truth";
  }

  @Override
  public boolean isPath() {
    return true;
  }
}
