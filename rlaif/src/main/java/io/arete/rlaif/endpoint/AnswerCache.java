package io.arete.rlaif.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.file.BoundedText;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every answer that was paid, on the disk, for all runs.
 *
 * <p>A folder for each server and model, in it a file of JSON lines for each process that paid
 * something. Nobody appends to another's file, so processes need no lock; a kill leaves at most one
 * torn line, at the end of a file that nobody continues.
 */
final class AnswerCache implements AutoCloseable {

  /**
   * A paid answer.
   *
   * @param run that paid it
   * @param place of the question among those of that run
   */
  record Paid(String run, long place, ChatAnswer answer) {}

  private final Path folder;
  private final Path runFile;
  private final String run;
  private final Map<String, Paid> answers = new HashMap<>();
  private @Nullable JsonLinesWriter writer;

  private AnswerCache(Path folder, Path runFile) {
    this.folder = folder;
    this.runFile = runFile;
    this.run =
        Files.exists(runFile)
            ? BoundedText.read(runFile, 256).strip()
            : UUID.randomUUID().toString();
  }

  /**
   * Reads what is known of a model.
   *
   * @param root of all models' answers
   * @param runFile where the run's own name is kept, made when it first pays
   */
  static AnswerCache open(Path root, URI url, String model, Path runFile) {
    Path folder = root.resolve(Digests.text(url + "\n" + model).substring(0, 16));
    AnswerCache cache = new AnswerCache(folder, runFile);
    if (Files.isDirectory(folder)) {
      cache.files().forEach(cache::load);
    }
    return cache;
  }

  /** Where answers lie. */
  Path folder() {
    return folder;
  }

  /** The answer to that request, if anybody has paid it. */
  synchronized Optional<Paid> get(String digest) {
    return Optional.ofNullable(answers.get(digest));
  }

  /** Keeps an answer: it survives the end of this process. */
  synchronized Paid put(String digest, long place, ChatAnswer answer) {
    if (writer == null) {
      if (!Files.exists(runFile)) {
        AtomicFile.writeText(runFile, run + "\n");
      }
      writer = JsonLinesWriter.open(folder.resolve(UUID.randomUUID() + ".jsonl"));
    }
    Paid paid = new Paid(run, place, answer);
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("request", digest).put("run", run).put("place", place);
    answer.write(row);
    writer.append(row);
    answers.put(digest, paid);
    return paid;
  }

  /** Whether this run paid that answer. */
  boolean isOwn(Paid paid) {
    return paid.run().equals(run);
  }

  /** Answers that this run has paid. */
  synchronized long ownRequests() {
    return answers.values().stream().filter(this::isOwn).count();
  }

  /** Tokens that this run has paid for. */
  synchronized long ownTokens() {
    return answers.values().stream()
        .filter(this::isOwn)
        .mapToLong(paid -> paid.answer().tokens())
        .sum();
  }

  /** Returns when the disk holds every answer, so that not even a power cut loses one. */
  synchronized void force() {
    if (writer != null) {
      writer.force();
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      writer.close();
    }
  }

  private List<Path> files() {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException e) {
      throw IoFailure.reading(folder, e);
    }
  }

  private void load(Path file) {
    JsonLines.readAppended(
        file,
        (line, row) -> {
          String digest = row.path("request").asText();
          if (digest.isEmpty()) {
            throw new AreteException("the field request is missing; delete the file to pay anew");
          }
          Paid paid =
              new Paid(row.path("run").asText(), row.path("place").asLong(), ChatAnswer.read(row));
          // Two runs may have paid at once: each goes on with its own answer.
          if (isOwn(paid)) {
            answers.put(digest, paid);
          } else {
            answers.putIfAbsent(digest, paid);
          }
          return Optional.<Paid>empty();
        });
  }
}
