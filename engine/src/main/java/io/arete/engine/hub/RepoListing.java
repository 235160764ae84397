package io.arete.engine.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All files of a repository at one commit.
 *
 * @param commit 40 digits
 * @param files in the server's order, with checked paths
 */
record RepoListing(String commit, List<RemoteFile> files) {

  private static final int MOST_FILES = 100_000;
  private static final int MOST_PAGES = 10_000;
  private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;\\s*rel=\"?next\"?");

  RepoListing {
    files = List.copyOf(files);
  }

  /**
   * Asks the hub which commit the revision is, and for that commit's files.
   *
   * @throws HubRefusal if it does not tell
   * @throws AreteException if a name is refused
   */
  static RepoListing fetch(HubConnection hub, Subject subject) {
    HubEndpoint endpoint = hub.endpoint();
    String about = subject.api() + "/revision/" + subject.revision().inAddress();
    String commit = HubJson.text(hub.json(Ask.get(endpoint.at(about)), subject), "sha", endpoint);
    if (!Revision.isCommit(commit)) {
      throw new AreteException(
          "%s gives %s as a commit, which is none; is it a hub?"
              .formatted(endpoint, Quoted.of(commit)));
    }
    List<RemoteFile> files = new ArrayList<>();
    Optional<URI> page =
        Optional.of(endpoint.at(subject.api() + "/tree/" + commit + "?recursive=true"));
    Set<URI> seen = new HashSet<>();
    while (page.isPresent() && seen.add(page.get())) {
      if (seen.size() > MOST_PAGES) {
        throw new AreteException(
            "%s lists the %s on more than %d pages, which is refused"
                .formatted(endpoint, subject, MOST_PAGES));
      }
      Reply reply = hub.patiently(Ask.get(page.get()), subject);
      add(HubJson.read(reply.body(), endpoint), files, subject, endpoint);
      page = reply.header("Link").flatMap(link -> next(link, reply.address(), endpoint));
    }
    checkNames(files, subject);
    return new RepoListing(commit, files);
  }

  private static void add(
      JsonNode page, List<RemoteFile> files, Subject subject, HubEndpoint endpoint) {
    if (!page.isArray()) {
      throw new AreteException(endpoint + " lists no files, so it is no hub; check the address");
    }
    for (JsonNode entry : page) {
      if (HubJson.text(entry, "type", endpoint).equals("file")) {
        files.add(file(entry, subject, endpoint));
      }
      if (files.size() > MOST_FILES) {
        throw new AreteException(
            "the %s has more than %d files, which is refused".formatted(subject, MOST_FILES));
      }
    }
  }

  private static RemoteFile file(JsonNode entry, Subject subject, HubEndpoint endpoint) {
    String path = HubJson.text(entry, "path", endpoint);
    RepoPath.parts(path, "the " + subject);
    JsonNode large = entry.path("lfs");
    if (large.isObject()) {
      // Some servers write the function's name before the digits.
      String oid = HubJson.text(large, "oid", endpoint).replaceFirst("^sha256:", "");
      return new RemoteFile(
          path, HubJson.size(large, "size", endpoint), new Checksum(Checksum.Kind.SHA256, oid));
    }
    return new RemoteFile(
        path,
        HubJson.size(entry, "size", endpoint),
        new Checksum(Checksum.Kind.GIT_BLOB, HubJson.text(entry, "oid", endpoint)));
  }

  private static Optional<URI> next(String link, URI from, HubEndpoint endpoint) {
    Matcher found = NEXT.matcher(link);
    if (!found.find()) {
      return Optional.empty();
    }
    try {
      URI address = from.resolve(new URI(found.group(1)));
      if (HubEndpoint.isWeb(address) && endpoint.isHome(address)) {
        return Optional.of(address);
      }
    } catch (URISyntaxException e) {
      // falls through to the one sentence
    }
    throw new AreteException(
        endpoint + " names a next page of its list elsewhere, which is refused");
  }

  /** No path twice, and no file where a folder is. */
  private static void checkNames(List<RemoteFile> files, Subject subject) {
    Set<String> names = new HashSet<>();
    for (RemoteFile file : files) {
      if (!names.add(file.path())) {
        throw twice(file.path(), subject);
      }
    }
    for (String name : Set.copyOf(names)) {
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        if (names.contains(name.substring(0, slash))) {
          throw twice(name.substring(0, slash), subject);
        }
      }
    }
  }

  private static AreteException twice(String path, Subject subject) {
    return new AreteException(
        "the %s lists %s twice, which is refused".formatted(subject, Quoted.of(path)));
  }
}
