package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.WebOrigin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * A hub's address.
 *
 * @param address without a slash at its end
 */
public record HubEndpoint(URI address) {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> WEB = Set.of("https", "http");

  /**
   * Reads an address.
   *
   * @throws AreteException if it is no address of the web, or holds a name or a question
   */
  public static HubEndpoint parse(String text) {
    String trimmed = text.strip().replaceAll("/+$", "");
    try {
      URI address = new URI(trimmed);
      if (isWeb(address) && address.getRawQuery() == null && address.getRawFragment() == null) {
        return new HubEndpoint(address);
      }
    } catch (URISyntaxException e) {
      // falls through to the one sentence
    }
    throw new AreteException(
        "%s is no address of a hub; write https:// and its host".formatted(Quoted.of(text)));
  }

  /** Whether that is http or https, with a host and without a user's name. */
  static boolean isWeb(URI address) {
    return address.getScheme() != null
        && WEB.contains(address.getScheme().toLowerCase(Locale.ROOT))
        && address.getHost() != null
        && address.getRawUserInfo() == null;
  }

  /** An address below this one; {@code rest} is encoded already. */
  URI at(String rest) {
    return URI.create(address + "/" + rest);
  }

  /** Whether the token may go there: the same scheme, host and port. */
  boolean isHome(URI other) {
    return WebOrigin.of(address).equals(WebOrigin.of(other));
  }

  /** Whether nobody can listen on the way. */
  static boolean isPrivate(URI other) {
    return other.getScheme().equalsIgnoreCase("https")
        || THIS_MACHINE.contains(other.getHost().toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
