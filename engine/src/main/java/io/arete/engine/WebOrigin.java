package io.arete.engine;

import java.net.URI;
import java.util.Locale;

/**
 * Whom a secret is for: what an address of the web says before its path.
 *
 * @param scheme https or http
 * @param host in small letters
 * @param port the scheme's usual one where the address names none
 */
public record WebOrigin(String scheme, String host, int port) {

  /** The origin of an address with a scheme and a host. */
  public static WebOrigin of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return new WebOrigin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
