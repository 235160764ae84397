package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The kinds of settings that say where a server is and how to be let in. */
final class Servers {

  private Servers() {}

  /**
   * The address at which an API begins. What may hold a secret (a user, a query) is refused, and
   * not repeated in the message: a recipe is copied into its run.
   */
  record Address() implements Kind<URI> {
    @Override
    public URI parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = Texts.scalar(node, describe());
      try {
        URI address = new URI(text.replaceAll("/+$", ""));
        String scheme = String.valueOf(address.getScheme());
        boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
        boolean plain =
            address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (web && address.getHost() != null && plain) {
          return address;
        }
      } catch (URISyntaxException e) {
        // Said below, without the text.
      }
      throw new WrongValue("must be " + describe());
    }

    @Override
    public String print(URI value) {
      return YamlText.quote(value.toString());
    }

    @Override
    public String describe() {
      return "an http or https address without user, query and fragment";
    }
  }

  /** The name of an environment variable. */
  record Variable() implements Kind<String> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    @Override
    public String parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = Texts.scalar(node, describe());
      if (!ALLOWED.matcher(text).matches()) {
        // Not repeated: somebody may have put the key itself here.
        throw new WrongValue("must be " + describe());
      }
      return text;
    }

    @Override
    public String print(String value) {
      return YamlText.quote(value);
    }

    @Override
    public String describe() {
      return "the name of an environment variable: letters, digits and underscores";
    }
  }
}
