package io.arete.rlaif.publish;

import io.arete.engine.hub.RepoName;
import java.util.Optional;

/**
 * What a run does not say of itself.
 *
 * @param merged whether adapters go up merged into the base
 * @param base what the base is called on the hub
 * @param license of what goes up
 */
public record PublishWishes(boolean merged, Optional<RepoName> base, Optional<String> license) {}
