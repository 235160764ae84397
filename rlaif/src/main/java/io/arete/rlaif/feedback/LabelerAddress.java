package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.data.Constitution;
import java.nio.file.Path;

/**
 * Who is asked, as people write it: a kind, a colon, and where to find it.
 *
 * @param text such as {@code local:models/practice-base}
 * @param kind what stands before the colon
 * @param place what follows it
 */
public record LabelerAddress(String text, Kind kind, String place) {

  /** The kinds of labelers that an address can name. */
  public enum Kind {
    /** A model folder on this machine. */
    LOCAL
  }

  /**
   * Reads an address.
   *
   * @throws AreteException if it names no kind of labeler, or nothing after it
   */
  public static LabelerAddress of(String text) {
    String prefix = "local:";
    if (!text.startsWith(prefix) || text.length() == prefix.length()) {
      throw new AreteException(
          "The labeler is \""
              + text
              + "\" but must be local:MODEL_FOLDER, such as"
              + " local:models/practice-base.");
    }
    return new LabelerAddress(text, Kind.LOCAL, text.substring(prefix.length()));
  }

  /**
   * Opens the labeler. The caller closes it.
   *
   * @param form of the base's weights
   * @param dtype of the base's weights
   * @param device where it computes
   */
  public Labeler open(Constitution constitution, BaseForm form, Dtype dtype, Device device) {
    return switch (kind) {
      case LOCAL -> OwningLabeler.load(Path.of(place), constitution, form, dtype, device);
    };
  }
}
