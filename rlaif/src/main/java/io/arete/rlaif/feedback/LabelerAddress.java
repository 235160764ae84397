package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.hub.PulledFolder;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Constitution;
import java.nio.file.Path;

/**
 * Who is asked, as people write it: a kind, a colon, and where to find it.
 *
 * @param text such as {@code local:models/practice-base}
 * @param kind what stands before the colon
 * @param place what follows it; of a pulled model, its folder
 */
public record LabelerAddress(String text, Kind kind, String place) {

  /** The kinds of labelers that an address can name. */
  public enum Kind {
    /** A model folder on this machine, or the name under which one was pulled. */
    LOCAL("local:"),
    /** A model behind an OpenAI-compatible server, whose API begins at the place. */
    ENDPOINT("endpoint:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * Reads an address.
   *
   * @throws AreteException if it names no kind of labeler, or nothing after it
   */
  public static LabelerAddress of(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.prefix) && text.length() > kind.prefix.length()) {
        String place = text.substring(kind.prefix.length());
        return new LabelerAddress(
            text, kind, kind == Kind.LOCAL ? PulledFolder.orFolder(place).toString() : place);
      }
    }
    throw new AreteException(
        "The labeler is \""
            + text
            + "\" but must be local:MODEL_FOLDER, such as local:models/practice-base, or"
            + " endpoint:URL, such as endpoint:http://localhost:8080/v1.");
  }

  /** What its votes are called by in a committee. */
  public String member() {
    return kind == Kind.ENDPOINT ? FeedbackSection.BEHIND_SERVER : place;
  }

  /**
   * Opens a labeler of this machine. The caller closes it.
   *
   * @param form of the base's weights
   * @param dtype of the base's weights
   * @param device where it computes
   */
  public Labeler local(Constitution constitution, BaseForm form, Dtype dtype, Device device) {
    return OwningLabeler.load(Path.of(place), constitution, form, dtype, device);
  }
}
