package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.util.regex.Pattern;

/**
 * A repository's name, with its owner where it has one.
 *
 * @param owner a person or an organisation; empty for the few old names without
 * @param name the rest
 */
public record RepoName(String owner, String name) {

  private static final int LONGEST = 96;
  // Neither part may begin or end with a dot or a hyphen, or hold two of them in a row.
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*");

  /** Refuses what could be anything but a name. */
  public RepoName {
    if (!(owner.isEmpty() || isPart(owner)) || !isPart(name)) {
      throw new AreteException(
          "%s is no name of a repository; write OWNER/NAME, of letters, digits and single . _ -"
              .formatted(Quoted.of(owner.isEmpty() ? name : owner + "/" + name)));
    }
  }

  /**
   * Reads {@code OWNER/NAME} or {@code NAME}.
   *
   * @throws AreteException if the text is neither
   */
  public static RepoName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new RepoName("", text)
        : new RepoName(slash == 0 ? "/" : text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether the text is an owner and a name. */
  public static boolean isOwned(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && isPart(text.substring(0, slash)) && isPart(text.substring(slash + 1));
  }

  /** A name that ends with a hyphen and that word. */
  public RepoName with(String word) {
    return new RepoName(owner, name + "-" + word);
  }

  /** The name's folder in a cache. */
  String folder(RepoKind kind) {
    return kind.plural() + "--" + (owner.isEmpty() ? "" : owner + "--") + name;
  }

  private static boolean isPart(String part) {
    return part.length() <= LONGEST && PART.matcher(part).matches() && !part.endsWith(".git");
  }

  @Override
  public String toString() {
    return owner.isEmpty() ? name : owner + "/" + name;
  }
}
