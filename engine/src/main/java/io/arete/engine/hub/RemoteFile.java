package io.arete.engine.hub;

/**
 * A file of a repository at one commit.
 *
 * @param path checked by {@link RepoPath}
 * @param size bytes
 * @param checksum of its content
 */
record RemoteFile(String path, long size, Checksum checksum) {}
