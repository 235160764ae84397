package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.engine.Quoted;
import io.arete.engine.http.SinkBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings one blob into the cache: goes on where it was cut, and keeps nothing that is wrong. */
final class Download {

  private static final int COMPLAINT_BYTES = 1 << 16;
  private static final int WRONG_CONTENTS = 2;

  private final HubConnection hub;
  private final Subject subject;
  private final String commit;
  private final HubCache cache;
  private final RemoteFile file;
  private final Tally tally;

  Download(
      HubConnection hub,
      Subject subject,
      String commit,
      HubCache cache,
      RemoteFile file,
      Tally tally) {
    this.hub = hub;
    this.subject = subject;
    this.commit = commit;
    this.cache = cache;
    this.file = file;
    this.tally = tally;
  }

  /**
   * Returns when the blob is in the cache.
   *
   * @throws AreteException if it cannot be had whole and right
   */
  void run() {
    Path lock = cache.lock(file.checksum());
    Path blob = cache.blob(file.checksum());
    try {
      Files.createDirectories(lock.getParent());
      Files.createDirectories(blob.getParent());
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.exists(blob)) {
          fetch(blob);
        } else {
          tally.add(file.size());
        }
      }
    } catch (IOException e) {
      throw cache.unwritable(e);
    }
  }

  private void fetch(Path blob) throws IOException {
    try (PartialBlob partial = PartialBlob.open(file, cache.partial(file.checksum()))) {
      tally.add(partial.length());
      for (int wrong = 0; wrong < WRONG_CONTENTS; wrong++) {
        fill(partial);
        if (partial.finish(blob)) {
          return;
        }
        tally.add(-file.size());
      }
    }
    throw new AreteException(
        "%s of the %s came twice with a content of another checksum than %s; tell whoever runs it,"
                .formatted(Quoted.of(file.path()), subject, hub.endpoint())
            + " nothing of it was kept");
  }

  private void fill(PartialBlob partial) throws IOException {
    int failed = 0;
    while (!partial.isWhole()) {
      long before = partial.length();
      Optional<Duration> wait = Optional.empty();
      HubRefusal refusal;
      try {
        Reply reply = attempt(partial);
        refusal = judge(reply, partial);
        wait = Patience.asked(reply);
      } catch (IOException e) {
        if (FullDisk.says(e) || isUnwritable(e)) {
          throw e;
        }
        refusal = hub.broken(e);
      }
      failed = partial.length() > before ? 1 : failed + 1;
      if (!partial.isWhole() && !hub.patience().pause(failed, wait)) {
        throw refusal;
      }
    }
  }

  /** The client wraps what a body's reader throws. */
  private static boolean isUnwritable(IOException failure) {
    return failure instanceof PartialBlob.Unwritable
        || failure.getCause() instanceof PartialBlob.Unwritable;
  }

  private Reply attempt(PartialBlob partial) throws IOException {
    URI address =
        hub.endpoint().at(subject.page() + "/resolve/" + commit + "/" + encoded(file.path()));
    long from = partial.length();
    Ask ask = from == 0 ? Ask.get(address) : Ask.get(address).with("Range", "bytes=" + from + "-");
    AtomicLong moved = new AtomicLong();
    SinkBody body =
        SinkBody.into(response -> open(response, partial, from), COMPLAINT_BYTES, moved);
    return hub.exchange(ask, body, moved);
  }

  private SinkBody.@Nullable Sink open(ResponseInfo response, PartialBlob partial, long from)
      throws IOException {
    if (response.statusCode() == 206) {
      String range = response.headers().firstValue("Content-Range").orElse("");
      if (!range.equals("bytes %d-%d/%d".formatted(from, file.size() - 1, file.size()))) {
        throw new IOException("the server sends another part than was asked for");
      }
    } else if (response.statusCode() == 200) {
      tally.add(-partial.length());
      partial.restart();
    } else {
      return null;
    }
    return piece -> {
      int bytes = piece.remaining();
      partial.take(piece);
      tally.add(bytes);
    };
  }

  /** What would be told if this was the last attempt; throws what no other attempt can mend. */
  private HubRefusal judge(Reply reply, PartialBlob partial) throws IOException {
    HubRefusal refusal = hub.refusal(reply, subject);
    if (reply.status() == 416) {
      tally.add(-partial.length());
      partial.restart();
      return refusal;
    }
    if (!reply.isGood()) {
      if (!HubConnection.isPassing(reply.status(), true)) {
        throw refusal;
      }
      return refusal;
    }
    checkTag(reply, partial);
    return hub.broken(
        new IOException(
            "%s ended after %d of %d bytes".formatted(file.path(), partial.length(), file.size())));
  }

  /** The hub's own answer names the content, too. */
  private void checkTag(Reply reply, PartialBlob partial) throws IOException {
    Optional<String> tag = reply.tag("X-Linked-Etag").or(() -> reply.tag("ETag"));
    boolean other =
        tag.filter(text -> text.length() == file.checksum().hex().length())
            .filter(text -> !text.equals(file.checksum().hex()))
            .isPresent();
    boolean otherCommit =
        reply.first().firstValue("X-Repo-Commit").filter(c -> !c.equals(commit)).isPresent();
    if (other || otherCommit) {
      tally.add(-partial.length());
      partial.restart();
      throw new AreteException(
          "%s lists %s of the %s with one content and sends another; start again"
              .formatted(hub.endpoint(), Quoted.of(file.path()), subject));
    }
  }

  /** A path as it stands in an address. */
  static String encoded(String path) {
    return RepoPath.parts(path, "the repository").stream()
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
