package io.arete.engine.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes a response piece by piece. Small ones come back as bytes, at most so many; the content of a
 * file goes where its owner says.
 */
public final class SinkBody implements BodyHandler<byte[]> {

  /** Takes content in its order; what it throws ends the transfer. */
  @FunctionalInterface
  public interface Sink {

    /** Takes all that remains in {@code piece}. */
    void take(ByteBuffer piece) throws IOException;
  }

  /** Says whether a response is what was asked for, before its content comes. */
  @FunctionalInterface
  public interface Opener {

    /** Where the content goes; null if it is only to be read. */
    @Nullable Sink open(ResponseInfo response) throws IOException;
  }

  /** The response was larger than what may come into memory. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLarge(int limit) {
      super("the answer is larger than the " + limit + " bytes allowed");
    }
  }

  private final int limit;
  private final Opener opener;
  private final AtomicLong moved;

  private SinkBody(int limit, Opener opener, AtomicLong moved) {
    this.limit = limit;
    this.opener = opener;
    this.moved = moved;
  }

  /**
   * Bytes in memory, at most {@code limit}; it hangs up at the first one more ({@link TooLarge}).
   *
   * @param moved counts the bytes that came
   */
  public static SinkBody inMemory(int limit, AtomicLong moved) {
    return new SinkBody(limit, response -> null, moved);
  }

  /**
   * What {@code opener} asks for; all else in memory, at most {@code limit} bytes.
   *
   * @param moved counts the bytes that came
   */
  public static SinkBody into(Opener opener, int limit, AtomicLong moved) {
    return new SinkBody(limit, opener, moved);
  }

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo response) {
    Collector collector = new Collector();
    try {
      collector.sink = opener.open(response);
    } catch (IOException | RuntimeException e) {
      collector.whole.completeExceptionally(e);
    }
    return collector;
  }

  private final class Collector implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable Sink sink;
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
      subscription = source;
      if (whole.isDone()) {
        source.cancel();
      } else {
        source.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      try {
        for (ByteBuffer piece : pieces) {
          moved.addAndGet(piece.remaining());
          take(piece);
        }
        if (subscription != null) {
          subscription.request(1);
        }
      } catch (IOException | RuntimeException e) {
        if (subscription != null) {
          subscription.cancel();
        }
        whole.completeExceptionally(e);
      }
    }

    private void take(ByteBuffer piece) throws IOException {
      if (sink != null) {
        sink.take(piece);
        return;
      }
      if (piece.remaining() > limit - bytes.size()) {
        throw new TooLarge(limit);
      }
      byte[] copy = new byte[piece.remaining()];
      piece.get(copy);
      bytes.write(copy, 0, copy.length);
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes.toByteArray());
    }
  }
}
