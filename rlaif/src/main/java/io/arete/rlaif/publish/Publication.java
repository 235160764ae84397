package io.arete.rlaif.publish;

import io.arete.engine.hub.RepoKind;
import io.arete.engine.hub.RepoName;
import java.nio.file.Path;

/**
 * A folder that is ready to go up.
 *
 * @param kind what it holds
 * @param name where it goes
 * @param folder its files, all of which go
 */
public record Publication(RepoKind kind, RepoName name, Path folder) {}
