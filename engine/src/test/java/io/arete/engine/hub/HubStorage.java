package io.arete.engine.hub;

import java.io.IOException;
import java.io.InputStream;

/** The test hub's second address: contents come and go here, for whoever has their address. */
final class HubStorage {

  private final HubObjects objects;

  HubStorage(HubObjects objects) {
    this.objects = objects;
  }

  void answer(HubExchange exchange) throws IOException {
    String[] parts = exchange.request().path().substring(1).split("/");
    if (exchange.request().headers().containsKey("Authorization")) {
      exchange.error(400, "", "Only one auth mechanism allowed");
    } else if (exchange.request().method().equals("PUT")) {
      put(exchange, parts);
    } else {
      HubContent content = objects.get(parts[1]);
      if (content == null) {
        exchange.error(404, "", "NoSuchKey");
      } else {
        exchange.send(content);
      }
    }
  }

  private void put(HubExchange exchange, String[] parts) throws IOException {
    HubContent content = received(exchange);
    if (content == null) {
      return;
    }
    String sha256 = content.checksum(Checksum.Kind.SHA256).hex();
    if (parts[0].equals("parts")) {
      objects.part(parts[1], Integer.parseInt(parts[2]), content);
    } else if (sha256.equals(parts[1])) {
      objects.put(sha256, content);
    } else {
      exchange.error(400, "", "checksum differs");
      return;
    }
    exchange.header("ETag", "\"" + sha256 + "\"");
    exchange.answer(200);
  }

  /** What is sent; null if a fault ends it before. */
  private HubContent received(HubExchange exchange) throws IOException {
    InputStream body = exchange.http().getRequestBody();
    if (exchange.fault() instanceof HubFault.Hold hold) {
      body.readNBytes((int) hold.bytes());
      hold.silence();
      return null;
    }
    if (exchange.fault() instanceof HubFault.Cut cut) {
      body.readNBytes((int) cut.bytes());
      return null;
    }
    return HubContent.read(body, objects.largestInMemory());
  }
}
