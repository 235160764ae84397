package io.arete.rlaif.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a judge behind an OpenAI-compatible server is asked.
 *
 * @param url where its API begins, such as {@code http://localhost:8080/v1}; present if it is asked
 * @param model its name there; present if it is asked
 * @param keyVariable the environment variable that holds the key
 * @param keyFile the file that holds it
 * @param concurrency questions under way at once
 * @param requestsPerMinute the most begun; 0 = no limit
 * @param timeoutSeconds of one whole request
 * @param topLogProbs the likeliest first tokens that a question asks for
 * @param votes replies sampled for each question where the server gives no log-probabilities; 0
 *     refuses such a server
 * @param maxRequests the most that a run may send; 0 = no limit
 * @param maxTokens the most that a run may pay; 0 = no limit
 * @param cache the folder of paid answers; empty = under the user's cache folder
 */
public record EndpointSettings(
    Optional<URI> url,
    Optional<String> model,
    Optional<String> keyVariable,
    Optional<Path> keyFile,
    int concurrency,
    int requestsPerMinute,
    int timeoutSeconds,
    int topLogProbs,
    int votes,
    int maxRequests,
    int maxTokens,
    Optional<Path> cache) {}
