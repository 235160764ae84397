package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A request to the test hub and the ways to answer it.
 *
 * @param known whether the asker has shown the token
 * @param fault what is to go wrong; null if nothing is
 */
record HubExchange(HttpExchange http, HubServer.Seen request, boolean known, HubFault fault) {

  static final ObjectMapper JSON = new ObjectMapper();

  byte[] body() throws IOException {
    return http.getRequestBody().readAllBytes();
  }

  JsonNode json() throws IOException {
    return JSON.readTree(body());
  }

  void header(String name, String value) {
    http.getResponseHeaders().set(name, value);
  }

  void error(int status, String code, String message) throws IOException {
    body();
    if (!code.isEmpty()) {
      header("X-Error-Code", code);
    }
    header("X-Error-Message", message);
    answer(status, JSON.createObjectNode().put("error", message));
  }

  /** False if the asker may not write, who is then told so. */
  boolean mayWrite() throws IOException {
    if (!known) {
      error(403, "", "You have no write access");
    }
    return known;
  }

  void answer(HubFault.Status planned) throws IOException {
    body();
    planned.headers().forEach(this::header);
    answer(planned.status(), planned.body().getBytes(StandardCharsets.UTF_8));
  }

  void answer(int status, JsonNode json) throws IOException {
    header("Content-Type", "application/json");
    answer(status, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  void answer(int status) throws IOException {
    answer(status, new byte[0]);
  }

  private void answer(int status, byte[] body) throws IOException {
    boolean empty = body.length == 0 || request.method().equals("HEAD");
    http.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      http.getResponseBody().write(body);
    }
  }

  /** Sends a content, from where the asker wants it. */
  void send(HubContent content) throws IOException {
    long from = 0;
    String range = request.headers().get("Range");
    int status = 200;
    if (range != null && range.matches("bytes=[0-9]+-")) {
      from = Long.parseLong(range.substring(6, range.length() - 1));
      if (from >= content.size()) {
        header("Content-Range", "bytes */" + content.size());
        answer(416);
        return;
      }
      status = 206;
      header("Content-Range", "bytes %d-%d/%d".formatted(from, content.size() - 1, content.size()));
    }
    header("Accept-Ranges", "bytes");
    long length = content.size() - from;
    if (request.method().equals("HEAD")) {
      header("Content-Length", Long.toString(content.size()));
      http.sendResponseHeaders(status, -1);
      return;
    }
    http.sendResponseHeaders(status, length == 0 ? -1 : length);
    write(content, from, length);
  }

  private void write(HubContent content, long from, long length) throws IOException {
    OutputStream output = http.getResponseBody();
    if (fault instanceof HubFault.Cut cut) {
      content.write(output, from, Math.min(length, cut.bytes()));
      output.flush();
    } else if (fault instanceof HubFault.Hold hold) {
      content.write(output, from, Math.min(length, hold.bytes()));
      output.flush();
      hold.silence();
    } else if (fault instanceof HubFault.Wrong) {
      output.write('#');
      content.write(output, from + 1, length - 1);
    } else {
      content.write(output, from, length);
    }
  }
}
