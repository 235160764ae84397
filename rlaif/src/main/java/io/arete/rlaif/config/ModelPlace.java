package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.engine.hub.HubSettings;
import io.arete.engine.hub.PulledFolder;
import io.arete.rlaif.file.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's folder, or the name under which a model was pulled. The name becomes the folder of the
 * commit that it means now, so a run keeps its base when another commit is pulled.
 */
record ModelPlace() implements Kind<Path> {

  private static final Texts.File FOLDER = new Texts.File();

  @Override
  public Path parse(YamlNode node, PathBase folders) throws WrongValue {
    Path folder = FOLDER.parse(node, folders);
    String text = Texts.scalar(node, describe());
    if (Files.exists(folder)) {
      return folder;
    }
    try {
      // Whether a model is there at all is looked at before a run begins, not by every reader.
      return PulledFolder.find(text, HubSettings.cacheOf(System.getenv())).orElse(folder);
    } catch (AreteException e) {
      throw new WrongValue(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String print(Path value) {
    return FOLDER.print(value);
  }

  @Override
  public String describe() {
    return FOLDER.describe() + ", or OWNER/NAME of a pulled model";
  }

  @Override
  public boolean isPath() {
    return true;
  }
}
