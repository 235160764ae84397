package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.http.SinkBody;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a hub and to where it sends on. The token goes to the hub's own scheme, host and port
 * alone; redirects are followed by hand for that reason.
 */
public final class HubConnection {

  /** Far more than an answer about 100,000 files takes. */
  static final int JSON_LIMIT = 32 << 20;

  private static final int REDIRECTS = 8;
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> BUSY = Set.of(429, 503);
  private static final Set<Integer> PASSING = Set.of(408, 425, 500, 502, 504);

  private final HubEndpoint endpoint;
  private final HubToken token;
  private final Patience patience;
  private final HttpClient client;

  HubConnection(HubEndpoint endpoint, HubToken token, Patience patience) {
    if (token.isThere() && !HubEndpoint.isPrivate(endpoint.address())) {
      throw new AreteException(
          endpoint
              + " is plain http, over which "
              + token
              + " is not sent; use https, or take the token away");
    }
    this.endpoint = endpoint;
    this.token = token;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // an upgrade disturbs small servers
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  HubEndpoint endpoint() {
    return endpoint;
  }

  Patience patience() {
    return patience;
  }

  /** The JSON that answers; the request is repeated while the server is busy or broken. */
  JsonNode json(Ask ask, Subject subject) {
    return HubJson.read(patiently(ask, subject).body(), endpoint);
  }

  /**
   * The good answer to a request, which is repeated while the server is busy or broken.
   *
   * @throws HubRefusal if there is none
   */
  Reply patiently(Ask ask, Subject subject) {
    AtomicLong moved = new AtomicLong();
    return patiently(ask, subject, SinkBody.inMemory(JSON_LIMIT, moved), moved);
  }

  /** As the other; {@code moved} counts bytes in either direction. */
  Reply patiently(Ask ask, Subject subject, SinkBody body, AtomicLong moved) {
    for (int failed = 1; ; failed++) {
      Optional<Duration> wait = Optional.empty();
      HubRefusal refusal;
      try {
        Reply reply = exchange(ask, body, moved);
        if (reply.isGood()) {
          return reply;
        }
        refusal = refusal(reply, subject);
        if (!isPassing(reply.status(), ask.again())) {
          throw refusal;
        }
        wait = Patience.asked(reply);
      } catch (IOException e) {
        refusal = broken(e);
        if (!ask.again()) {
          throw refusal;
        }
      }
      if (!patience.pause(failed, wait)) {
        throw refusal;
      }
    }
  }

  /** Whether the same request may be answered later. */
  static boolean isPassing(int status, boolean again) {
    return BUSY.contains(status) || (again && PASSING.contains(status));
  }

  HubRefusal refusal(Reply reply, Subject subject) {
    return HubRefusal.of(reply, subject, endpoint, token);
  }

  /** The failure of a connection. */
  HubRefusal broken(IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    return new HubRefusal(
        0,
        "%s cannot be reached or broke off (%s); check the address and the network, then start again"
            .formatted(endpoint, Quoted.line(token.hide(reason))),
        cause);
  }

  /**
   * One attempt, through all redirects.
   *
   * @throws IOException if the connection failed or stood still
   */
  Reply exchange(Ask ask, SinkBody body, AtomicLong moved) throws IOException {
    URI address = ask.address();
    HttpHeaders first = null;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpResponse<byte[]> response = await(client.sendAsync(http(ask, address), body), moved);
      first = first == null ? response.headers() : first;
      if (!MOVED.contains(response.statusCode())) {
        return new Reply(
            response.statusCode(), first, response.headers(), address, response.body());
      }
      address = next(ask, address, response.headers());
    }
    throw new AreteException(
        endpoint + " sends from address to address without an end; is this the address of a hub?");
  }

  private HttpRequest http(Ask ask, URI address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("User-Agent", "arete")
            .header("Accept-Encoding", "identity") // sizes are those of files
            .method(ask.method(), ask.body().get());
    ask.headers().forEach(request::header);
    if (endpoint.isHome(address)) {
      token.header().ifPresent(value -> request.setHeader("Authorization", value));
    }
    return request.build();
  }

  private URI next(Ask ask, URI from, HttpHeaders headers) {
    String location = headers.firstValue("Location").orElse("");
    if (!ask.method().equals("GET")) {
      throw new AreteException(
          "%s moved what is written to %s; use the new name or address"
              .formatted(endpoint, Quoted.of(location)));
    }
    try {
      return checked(from.resolve(new URI(location)));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new AreteException(
          "%s sends on to %s, which is no address".formatted(endpoint, Quoted.of(location)), e);
    }
  }

  /**
   * An address that a server gave.
   *
   * @throws AreteException if it is none, or less safe than the endpoint's
   */
  URI checked(URI address) {
    boolean downgrade =
        HubEndpoint.isWeb(address)
            && HubEndpoint.isPrivate(endpoint.address())
            && !HubEndpoint.isPrivate(address);
    if (!HubEndpoint.isWeb(address) || downgrade) {
      throw new AreteException(
          "%s sends on to %s, which is refused: it is not https"
              .formatted(endpoint, Quoted.of(address.toString())));
    }
    return address;
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> response, AtomicLong moved) throws IOException {
    try {
      while (true) {
        long before = moved.get();
        try {
          return response.get(patience.stall().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (moved.get() == before) {
            response.cancel(true);
            throw new IOException(
                "nothing came for " + patience.stall().toSeconds() + " seconds", e);
          }
        }
      }
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new AreteException("the transfer was interrupted; start again, it goes on", e);
    }
  }

  private static IOException unwrapped(@Nullable Throwable cause) {
    if (cause instanceof AreteException sentence) {
      throw sentence;
    }
    if (cause instanceof IOException trouble) {
      for (Throwable deeper = trouble; deeper != null; deeper = deeper.getCause()) {
        if (deeper instanceof AreteException sentence) {
          throw sentence;
        }
      }
      String message = trouble.getMessage();
      return message == null
          ? new IOException(trouble.getClass().getSimpleName(), trouble)
          : trouble;
    }
    return new IOException(String.valueOf(cause), cause);
  }
}
