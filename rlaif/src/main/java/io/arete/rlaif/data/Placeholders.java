package io.arete.rlaif.data;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in braces, in whose places a wording's texts are put. */
final class Placeholders {

  static final Pattern ONE = Pattern.compile("\\{([a-z_]{1,40})}");

  private Placeholders() {}

  /** The names that a wording holds. */
  static Set<String> in(String wording) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = ONE.matcher(wording);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The wording with those texts, put in as they are: braces in them are no placeholders. */
  static String filled(String wording, Map<String, String> texts) {
    return ONE.matcher(wording)
        .replaceAll(
            match -> Matcher.quoteReplacement(texts.getOrDefault(match.group(1), match.group())));
  }
}
