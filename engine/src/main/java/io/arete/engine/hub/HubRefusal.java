package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import org.jspecify.annotations.Nullable;

/** A hub did not do what it was asked: what that means, and what to do. */
public final class HubRefusal extends AreteException {

  private static final long serialVersionUID = 1L;

  /** For the person who has none yet. */
  private static final String PUT_TOKEN =
      "put a token of an account that may into HF_TOKEN or a file (--token-file)";

  private final int status;

  HubRefusal(int status, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.status = status;
  }

  /** The answer's status; 0 if there was no answer. */
  int status() {
    return status;
  }

  /** The refusal that an answer is. */
  static HubRefusal of(Reply reply, Subject subject, HubEndpoint endpoint, HubToken token) {
    String code = reply.first().firstValue("X-Error-Code").orElse("");
    String sentence =
        switch (reply.status()) {
          case 401 -> unknown(subject, endpoint, token);
          case 403 -> forbidden(code, subject, endpoint, token);
          case 404 -> missing(code, subject, endpoint, token);
          case 409, 412 ->
              "%s was changed at %s meanwhile; start again".formatted(subject, endpoint);
          case 429 ->
              "%s has been asked too often and says to wait; start again later, what is here stays"
                  .formatted(endpoint);
          default ->
              "%s answered with status %d about the %s; %s"
                  .formatted(
                      endpoint,
                      reply.status(),
                      subject,
                      reply.status() >= 500
                          ? "start again later, what is here stays"
                          : "see above");
        };
    String said = complaint(reply, token);
    String tail = said.isEmpty() ? "" : " (it says: " + said + ")";
    return new HubRefusal(reply.status(), sentence.replace("; see above", "") + tail, null);
  }

  private static String unknown(Subject subject, HubEndpoint endpoint, HubToken token) {
    return token.isThere()
        ? "%s does not accept %s; make a new one on its site and put it there"
            .formatted(endpoint, token)
        : "%s shows no %s to strangers; check the name, and if it is private or gated %s"
            .formatted(endpoint, subject, PUT_TOKEN);
  }

  private static String forbidden(
      String code, Subject subject, HubEndpoint endpoint, HubToken token) {
    if (code.equals("GatedRepo")) {
      return "the %s is gated; accept its conditions at %s, then %s"
          .formatted(
              subject,
              endpoint.at(subject.page()),
              token.isThere() ? "start again with " + token : PUT_TOKEN);
    }
    String right = subject.writing() ? "write to" : "read";
    return token.isThere()
        ? "%s may not %s the %s; give it that permission on the site of %s"
            .formatted(token, right, subject, endpoint)
        : "%s lets only known users %s the %s; %s".formatted(endpoint, right, subject, PUT_TOKEN);
  }

  private static String missing(
      String code, Subject subject, HubEndpoint endpoint, HubToken token) {
    return switch (code) {
      case "RevisionNotFound" ->
          "the %s has no revision %s; see %s for those that it has"
              .formatted(subject, subject.revision(), endpoint.at(subject.page()));
      case "EntryNotFound" ->
          "the %s no longer has a file that it listed; start again".formatted(subject);
      default ->
          "%s has no %s%s; check the name%s"
              .formatted(
                  endpoint,
                  subject,
                  token.isThere() ? " that " + token + " may see" : "",
                  subject.kind() == RepoKind.MODEL ? ", or say --dataset for a data set" : "");
    };
  }

  /** The server's own words, as far as they can stand in a sentence. */
  private static String complaint(Reply reply, HubToken token) {
    String said = reply.first().firstValue("X-Error-Message").orElseGet(() -> inBody(reply.body()));
    return said.isBlank() ? "" : Quoted.of(token.hide(said).strip());
  }

  private static String inBody(byte[] body) {
    return HubJson.tryRead(body)
        .map(value -> value.path("error"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .orElse("");
  }
}
