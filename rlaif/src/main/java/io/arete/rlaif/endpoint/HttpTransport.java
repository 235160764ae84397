package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import io.arete.engine.http.SinkBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads what comes back, bounded in time and size. */
final class HttpTransport {

  /** Many times what the likeliest tokens of one position take. */
  static final int LIMIT_BYTES = 1 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Set<Integer> BUSY = Set.of(429, 503, 529);
  private static final Set<Integer> PASSING = Set.of(408, 425, 500, 502, 504);

  private static final Set<Integer> OF_ONE_QUESTION = Set.of(400, 413, 422);

  private final URI address;
  private final ApiKey key;
  private final Duration timeout;
  private final Timekeeper time;
  private final HttpClient client;

  HttpTransport(URI url, ApiKey key, Duration timeout, Timekeeper time) {
    this.address = URI.create(url + "/chat/completions");
    this.key = key;
    this.timeout = timeout;
    this.time = time;
    // A redirect would carry the key to another address; HTTP/2's upgrade disturbs small servers.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
            .build();
  }

  /** Where requests go. */
  URI address() {
    return address;
  }

  /** One attempt. */
  Attempt send(ChatRequest request) {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(http(request), SinkBody.inMemory(LIMIT_BYTES, new AtomicLong()));
    try {
      return read(request, response.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      response.cancel(true);
      return passing("gave no whole response within " + timeout.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return passing(broken(e.getCause()));
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new AreteException("waiting for " + address + " was interrupted; start again");
    }
  }

  private HttpRequest http(ChatRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    key.header().ifPresent(value -> builder.header("Authorization", value));
    return builder.build();
  }

  private Attempt read(ChatRequest request, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 200) {
      return ChatResponse.answer(response.body(), request, key)
          .<Attempt>map(Attempt.Answered::new)
          .orElseGet(() -> passing("answered with something that is no chat completion"));
    }
    if ((status == 400 || status == 413 || status == 422)
        && ChatResponse.isTooLong(response.body())) {
      return new Attempt.TooLong();
    }
    boolean again = BUSY.contains(status) || PASSING.contains(status);
    boolean everybody = BUSY.contains(status) || !(again || OF_ONE_QUESTION.contains(status));
    return new Attempt.Failed(said(status, response.body()), again, wait(response), everybody);
  }

  private String said(int status, byte[] body) {
    String complaint = ChatResponse.complaint(body, key);
    String said = complaint.isEmpty() ? "" : ": \"" + complaint + "\"";
    boolean letIn = status != 401 && status != 403;
    return "answered with status " + status + said + (letIn ? "" : " (" + key + ")");
  }

  private Optional<Duration> wait(HttpResponse<byte[]> response) {
    Instant now =
        response.headers().firstValue("Date").flatMap(RetryAfter::date).orElseGet(time::now);
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(header -> RetryAfter.parse(header, now));
  }

  private static Attempt.Failed passing(String why) {
    return new Attempt.Failed(why, true, Optional.empty(), false);
  }

  private String broken(@Nullable Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
      return "cannot be reached";
    }
    if (failure instanceof SinkBody.TooLarge) {
      return "gave a response larger than " + LIMIT_BYTES + " bytes";
    }
    if (failure instanceof IOException) {
      String reason = ChatResponse.shown(key.hide(String.valueOf(failure.getMessage())));
      return "broke off the connection (" + reason + ")";
    }
    return "failed";
  }
}
