package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of models' folders, absolute or relative, perhaps with {@code base} and {@code endpoint}.
 */
record Members() implements Kind<List<String>> {

  private static final int MOST = 16;
  private static final ModelPlace FOLDER = new ModelPlace();

  @Override
  public List<String> parse(YamlNode node, PathBase folders) throws WrongValue {
    List<String> members = new ArrayList<>();
    for (YamlNode item : Choices.items(node)) {
      String text = Texts.scalar(item, describe());
      boolean folder = FeedbackSection.isFolder(text);
      members.add(folder ? FOLDER.parse(item, folders).toString() : text);
    }
    boolean list = node instanceof YamlNode.Sequence || !members.isEmpty();
    if (!list || members.size() > MOST || members.stream().distinct().count() < members.size()) {
      throw Texts.wrong(node, describe());
    }
    return List.copyOf(members);
  }

  @Override
  public String print(List<String> value) {
    return value.stream().map(YamlText::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String describe() {
    return "a list of at most "
        + MOST
        + " different folders or OWNER/NAME of pulled models, base and endpoint among them or not";
  }

  @Override
  public boolean isPath() {
    return true;
  }
}
