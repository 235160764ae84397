package io.arete.engine.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the test hub keeps beside commits: contents of large files, and the parts of coming ones.
 */
final class HubObjects {

  private final Map<String, HubContent> objects = new ConcurrentHashMap<>();
  private final Map<String, SortedMap<Integer, HubContent>> uploads = new ConcurrentHashMap<>();
  private volatile long largestInMemory = 1 << 26;

  /** Of larger contents only size and checksum are kept. */
  void keepInMemory(long bytes) {
    largestInMemory = bytes;
  }

  long largestInMemory() {
    return largestInMemory;
  }

  /** The SHA-256 of all contents. */
  List<String> names() {
    return List.copyOf(objects.keySet());
  }

  boolean has(String sha256) {
    return objects.containsKey(sha256);
  }

  /** The content with that SHA-256; null if it is missing. */
  HubContent get(String sha256) {
    return objects.get(sha256);
  }

  void put(String sha256, HubContent content) {
    objects.put(sha256, content);
  }

  /** Begins an upload in parts. */
  void begin(String upload) {
    uploads.put(upload, new TreeMap<>());
  }

  void part(String upload, int number, HubContent content) {
    SortedMap<Integer, HubContent> parts = uploads.get(upload);
    // Clients send several parts of one file at a time.
    synchronized (parts) {
      parts.put(number, content);
    }
  }

  /** The parts that have come, by number from 1; null if that upload never began. */
  SortedMap<Integer, HubContent> parts(String upload) {
    return uploads.get(upload);
  }

  /** One content of its parts. */
  HubContent joined(List<HubContent> parts) throws IOException {
    long size = parts.stream().mapToLong(HubContent::size).sum();
    if (size > largestInMemory) {
      return HubContent.Zeros.of(size);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (HubContent part : parts) {
      part.write(whole, 0, part.size());
    }
    return new HubContent.Bytes(whole.toByteArray());
  }
}
