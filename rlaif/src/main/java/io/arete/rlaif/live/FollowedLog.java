package io.arete.rlaif.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some numbers of a growing log. */
final class FollowedLog {

  private final Stage stage;
  private final String prefix;
  private final LineTail tail;
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  /**
   * Follows a file, there or not.
   *
   * @param prefix stands before the numbers' names; may be empty
   * @param names of the numbers, in the order in which they are shown
   */
  FollowedLog(Stage stage, String prefix, Path file, List<String> names) {
    this.stage = stage;
    this.prefix = prefix;
    this.tail = new LineTail(file);
    names.forEach(name -> tracks.put(name, new Track()));
  }

  /** The curves with all that has come; those without a value are left out. */
  List<RunPicture.Curve> curves() {
    tail.follow(
        () -> tracks.replaceAll((name, track) -> new Track()),
        row ->
            tracks.forEach(
                (name, track) -> {
                  JsonNode value = row.path(name);
                  if (value.isNumber()) {
                    track.add(value.doubleValue());
                  } else if (value.isTextual()) {
                    track.add(Double.NaN); // how a log writes what JSON has no number for
                  }
                }));
    List<RunPicture.Curve> curves = new ArrayList<>();
    tracks.forEach(
        (name, track) -> {
          if (track.size() > 0) {
            String shown = (prefix + " " + name.replace('_', ' ')).strip();
            curves.add(
                new RunPicture.Curve(stage, shown, track.first(), track.last(), track.means()));
          }
        });
    return curves;
  }
}
