package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends a request until it is answered, or until that is hopeless. */
final class PatientSender {

  /** So often is one question sent. */
  static final int ATTEMPTS = 6;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final HttpTransport transport;
  private final Pace pace;
  private final Budget budget;
  private final String kept;
  private long repeated;
  private String lastTrouble = "";

  PatientSender(HttpTransport transport, Pace pace, Budget budget, String kept) {
    this.transport = transport;
    this.pace = pace;
    this.budget = budget;
    this.kept = kept;
  }

  /** The server will not answer. */
  static final class Refused extends AreteException {
    private static final long serialVersionUID = 1L;

    private final boolean everybody;

    Refused(String sentence, boolean everybody) {
      super(sentence);
      this.everybody = everybody;
    }

    /** Whether it would answer no other question either. */
    boolean everybody() {
      return everybody;
    }
  }

  /**
   * The answer; empty if the question is longer than the model can read, or if others have failed
   * meanwhile.
   *
   * @param stopped whether others have failed
   */
  Optional<ChatAnswer> send(ChatRequest request, BooleanSupplier stopped) {
    for (int attempt = 1; ; attempt++) {
      pace.await();
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      Attempt end = once(request);
      if (end instanceof Attempt.Answered answered) {
        return Optional.of(answered.answer());
      }
      if (!(end instanceof Attempt.Failed failed)) {
        return Optional.empty();
      }
      waitAfter(failed, attempt);
    }
  }

  /** What was sent again since the last call; empty if nothing. */
  synchronized Optional<String> troubles() {
    long count = repeated;
    repeated = 0;
    return count == 0
        ? Optional.empty()
        : Optional.of(
            count + " requests were sent again, lastly because the server " + lastTrouble);
  }

  private Attempt once(ChatRequest request) {
    budget.take(request.estimatedTokens());
    long paid = 0;
    try {
      Attempt end = transport.send(request);
      if (end instanceof Attempt.Answered answered) {
        paid = answered.answer().tokens();
      }
      return end;
    } finally {
      budget.settle(request.estimatedTokens(), paid);
    }
  }

  private void waitAfter(Attempt.Failed failed, int attempt) {
    if (!failed.again()) {
      throw new Refused(transport.address() + " " + failed.why() + "; " + kept, failed.everybody());
    }
    // Doubles from one second to half a minute.
    Duration wait = failed.pause().orElse(FIRST_WAIT.multipliedBy(1L << (attempt - 1)));
    if (attempt == ATTEMPTS || wait.compareTo(LONGEST_WAIT) > 0) {
      String last =
          attempt == ATTEMPTS
              ? " failed " + ATTEMPTS + " times for one question and lastly "
              : " asks to wait for " + wait.toMinutes() + " minutes and ";
      throw new Refused(
          transport.address() + last + failed.why() + "; start again later: " + kept,
          failed.everybody() || attempt < ATTEMPTS);
    }
    synchronized (this) {
      repeated++;
      lastTrouble = failed.why();
    }
    if (failed.everybody()) {
      pace.holdAll(wait);
    } else {
      pace.hold(wait);
    }
  }
}
