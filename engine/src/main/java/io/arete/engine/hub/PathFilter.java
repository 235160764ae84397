package io.arete.engine.hub;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of a repository are wanted. In patterns * stands for any text, with slashes, and ?
 * for one letter.
 *
 * @param include patterns of which one must fit; none takes all
 * @param exclude patterns of which none may fit
 */
public record PathFilter(List<String> include, List<String> exclude) {

  /** Every file. */
  public static final PathFilter ALL = new PathFilter(List.of(), List.of());

  /** Copies the lists. */
  public PathFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  boolean takes(String path) {
    return (include.isEmpty() || fits(include, path)) && !fits(exclude, path);
  }

  private static boolean fits(List<String> patterns, String path) {
    return patterns.stream().anyMatch(pattern -> compiled(pattern).matcher(path).matches());
  }

  private static Pattern compiled(String pattern) {
    StringBuilder regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c ->
                regex.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
