package io.arete.rlaif.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The keys of a judge behind a server. */
record EndpointKeys(
    Key<Optional<URI>> url,
    Key<Optional<String>> model,
    Key<Optional<String>> keyVariable,
    Key<Optional<Path>> keyFile,
    Key<Boolean> keyInClear,
    Key<Integer> concurrency,
    Key<Integer> requestsPerMinute,
    Key<Integer> timeoutSeconds,
    Key<Integer> topLogProbs,
    Key<Integer> votes,
    Key<Integer> maxRequests,
    Key<Integer> maxTokens,
    Key<Optional<Path>> cache) {

  /**
   * The keys, as {@code named} calls them.
   *
   * @param named from the bare word, such as {@code votes}, to the key's name in the list
   */
  static EndpointKeys declare(KeyList list, UnaryOperator<String> named) {
    return new EndpointKeys(
        list.optional(
            named.apply("url"),
            new Servers.Address(),
            "where the API of an OpenAI-compatible server begins, with its version, such as"
                + " http://localhost:8080/v1; an endpoint needs it"),
        list.optional(
            named.apply("model"),
            new Texts.Line(),
            "what the judge is called on that server; an endpoint needs it"),
        list.optional(
            named.apply("key_variable"),
            new Servers.Variable(),
            "the environment variable that holds the server's key; the key itself stands in no"
                + " recipe and no command"),
        list.optionalPath(named.apply("key_file"), "the file that holds the key, instead"),
        list.flag(
            named.apply("key_in_clear"),
            false,
            "whether the key may go to another machine by plain http, where everybody on the way"
                + " can read it; https needs no such word, nor does a server on this machine"),
        list.whole(
            named.apply("concurrency"), 8, Range.of(1, 256), "", "questions under way at once"),
        list.whole(
            named.apply("requests_per_minute"),
            0,
            Range.of(0, 1_000_000),
            "",
            "the most that are begun in a minute, evenly spread; 0 sets no limit"),
        list.whole(
            named.apply("timeout_seconds"),
            120,
            Range.of(1, 3600),
            "seconds",
            "for one whole request and its response"),
        list.whole(
            named.apply("top_logprobs"),
            20,
            Range.of(1, 1000),
            "tokens",
            "the likeliest first tokens that a question asks for; many servers allow 20, llama.cpp"
                + " more, which finds the answers of a judge that seldom gives them"),
        list.whole(
            named.apply("votes"),
            8,
            Range.of(0, 64),
            "",
            "replies sampled for each question where the server gives no log-probabilities; 0"
                + " refuses such a server"),
        list.whole(
            named.apply("max_requests"),
            10_000,
            Range.atLeast(0),
            "",
            "the run stops before it would send more, and goes on when this is raised; 0 sets no"
                + " limit"),
        list.whole(
            named.apply("max_tokens"),
            10_000_000,
            Range.atLeast(0),
            "tokens",
            "the run stops before it would pay for more, and goes on when this is raised; 0 sets"
                + " no limit"),
        list.optionalPath(
            named.apply("cache"),
            "the folder in which paid answers are kept for all runs; without it, a folder of the"
                + " user's cache"));
  }

  /** Those that say how fast, how long and with which key is asked; answers depend on none. */
  Set<Key<?>> withoutEffect() {
    return Set.of(
        keyVariable,
        keyInClear,
        concurrency,
        requestsPerMinute,
        timeoutSeconds,
        maxRequests,
        maxTokens);
  }

  /**
   * The settings.
   *
   * @param origin that the keys are named by
   */
  EndpointSettings read(Values values, EndpointSettings.Origin origin) {
    return new EndpointSettings(
        values.get(url),
        values.get(model),
        values.get(keyVariable),
        values.get(keyFile),
        values.get(keyInClear),
        values.get(concurrency),
        values.get(requestsPerMinute),
        values.get(timeoutSeconds),
        values.get(topLogProbs),
        values.get(votes),
        values.get(maxRequests),
        values.get(maxTokens),
        values.get(cache),
        origin);
  }
}
