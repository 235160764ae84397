package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;

/**
 * A model's folder, absolute or relative, or the name of a pulled one, or {@code endpoint}, or
 * {@code truth}.
 */
record JudgeName() implements Kind<String> {

  private static final ModelPlace FOLDER = new ModelPlace();

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
    return "a model's folder, or OWNER/NAME of a pulled model, endpoint or truth";
  }

  @Override
  public boolean isPath() {
    return true;
  }
}
