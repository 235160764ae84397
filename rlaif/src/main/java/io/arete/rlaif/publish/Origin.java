package io.arete.rlaif.publish;

import io.arete.engine.AreteException;
import io.arete.engine.hub.PulledFolder;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which base a run stands on, as others can find it.
 *
 * @param folder on this machine
 * @param hub its name on a hub; empty if it is not known to be on one
 * @param license as its card or the person says; empty if nobody does
 */
record Origin(Path folder, Optional<String> hub, Optional<String> license) {

  private static final int CARD_BYTES = 1 << 20;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,59}");
  private static final Pattern LICENSE =
      Pattern.compile("(?m)^license:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9.+-]{0,59})[\"']?[ \t]*$");

  /**
   * The base of a recipe.
   *
   * @throws AreteException if the licence that was said is no word
   */
  static Origin of(Path base, PublishWishes wishes) {
    wishes
        .license()
        .filter(word -> !FORM.matcher(word).matches())
        .ifPresent(
            word -> {
              throw new AreteException(
                  "--license must be one word, such as apache-2.0 or mit, without spaces");
            });
    return new Origin(
        base,
        wishes.base().map(Object::toString).or(() -> PulledFolder.nameOf(base)),
        wishes.license().or(() -> ofCard(base.resolve("README.md"))));
  }

  /** The name for people and for PEFT: the hub's, or else the folder's last. */
  String name() {
    return hub.orElseGet(() -> lastName(folder));
  }

  /** A model's name for people: the hub's, or else its folder's last. */
  static String nameOf(Path model) {
    return PulledFolder.nameOf(model).orElseGet(() -> lastName(model));
  }

  /** The licence in a sentence. */
  String licenseText() {
    return license.orElse("not known: the base's card names none; ask whoever made it");
  }

  private static String lastName(Path folder) {
    Path last = folder.getFileName();
    return last == null ? "base" : last.toString();
  }

  private static Optional<String> ofCard(Path card) {
    if (!Files.isRegularFile(card)) {
      return Optional.empty();
    }
    String text = BoundedText.read(card, CARD_BYTES);
    int end = text.startsWith("---\n") ? text.indexOf("\n---", 3) : -1;
    Matcher found = LICENSE.matcher(end < 0 ? "" : text.substring(0, end));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
