package io.arete.rlaif.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a judge behind an OpenAI-compatible server is asked.
 *
 * @param url where its API begins, such as {@code http://localhost:8080/v1}; present if it is asked
 * @param model its name there; present if it is asked
 * @param keyVariable the environment variable that holds the key
 * @param keyFile the file that holds it
 * @param keyInClear whether the key may go to another machine by plain http
 * @param concurrency questions under way at once
 * @param requestsPerMinute the most begun; 0 = no limit
 * @param timeoutSeconds of one whole request
 * @param topLogProbs the likeliest first tokens that a question asks for
 * @param votes replies sampled for each question where the server gives no log-probabilities; 0
 *     refuses such a server
 * @param maxRequests the most that a run may send; 0 = no limit
 * @param maxTokens the most that a run may pay; 0 = no limit
 * @param cache the folder of paid answers; empty = under the user's cache folder
 * @param origin where people have written all this, for messages
 */
public record EndpointSettings(
    Optional<URI> url,
    Optional<String> model,
    Optional<String> keyVariable,
    Optional<Path> keyFile,
    boolean keyInClear,
    int concurrency,
    int requestsPerMinute,
    int timeoutSeconds,
    int topLogProbs,
    int votes,
    int maxRequests,
    int maxTokens,
    Optional<Path> cache,
    Origin origin) {

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  /** Where settings are written, which decides what they are called. */
  public enum Origin {
    /** Under feedback.endpoint of a recipe. */
    RECIPE,
    /** Under evaluation.endpoint of a recipe. */
    EVALUATION,
    /** As options of a command. */
    COMMAND_LINE;

    /** The whole name of a setting, from the bare one, such as {@code max_requests}. */
    public String name(String word) {
      return switch (this) {
        case RECIPE -> "feedback.endpoint." + word;
        case EVALUATION -> "evaluation.endpoint." + word;
        // The address follows the kind of labeler there.
        case COMMAND_LINE ->
            word.equals("url") ? "--labeler endpoint:URL" : "--endpoint-" + word.replace('_', '-');
      };
    }
  }

  /** The whole name of a setting, for messages. */
  public String name(String word) {
    return origin.name(word);
  }

  /** Whether a key goes with what is asked. */
  public boolean hasKey() {
    return keyVariable.isPresent() || keyFile.isPresent();
  }

  /** What of all this decides the answers, beside the address: a line for people. */
  public String deciding() {
    return model.orElse("?") + ", top_logprobs " + topLogProbs + ", votes " + votes;
  }

  /** What keeps a judge from being asked so: sentences without their full stops. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (url.isEmpty()) {
      faults.add("an endpoint shall judge but " + name("url") + " is missing; give it");
    }
    if (model.isEmpty()) {
      faults.add("an endpoint shall judge but " + name("model") + " is missing; give it");
    }
    if (keyVariable.isPresent() && keyFile.isPresent()) {
      faults.add(
          name("key_variable")
              + " and "
              + name("key_file")
              + " are both given; take out one of them");
    }
    if (hasKey() && !keyInClear && url.map(EndpointSettings::isOpenRoad).orElse(false)) {
      faults.add(
          "the key would go to "
              + url.get().getHost()
              + " by plain http, where everybody on the way can read it; take https, a tunnel to"
              + " localhost, or no key, or say "
              + name("key_in_clear")
              + (origin == Origin.COMMAND_LINE ? " true" : ": true"));
    }
    return faults;
  }

  /** Whether what is sent leaves this machine unencrypted. */
  private static boolean isOpenRoad(URI url) {
    return "http".equalsIgnoreCase(url.getScheme())
        && !THIS_MACHINE.matcher(String.valueOf(url.getHost())).matches();
  }
}
