package io.arete.engine.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered at the end of all redirects.
 *
 * @param first the headers of the first answer, which are the hub's own
 * @param last the headers of the last
 * @param address where the last came from
 * @param body its content, as far as nobody else has taken it
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
record Reply(int status, HttpHeaders first, HttpHeaders last, URI address, byte[] body) {

  /** Whether the server did what it was asked. */
  boolean isGood() {
    return status / 100 == 2;
  }

  /** A header of the last answer. */
  Optional<String> header(String name) {
    return last.firstValue(name);
  }

  /** An ETag of the hub's own answer, without its marks. */
  Optional<String> tag(String name) {
    return first.firstValue(name).map(Reply::bare);
  }

  private static String bare(String tag) {
    String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
    return strong.length() >= 2 && strong.startsWith("\"") && strong.endsWith("\"")
        ? strong.substring(1, strong.length() - 1)
        : strong;
  }
}
