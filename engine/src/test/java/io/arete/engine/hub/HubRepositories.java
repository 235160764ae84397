package io.arete.engine.hub;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The repositories of the test hub, and who may see which. */
final class HubRepositories {

  private final Map<String, HubRepository> repositories = new ConcurrentHashMap<>();

  /** All names, with models/ or datasets/ before them. */
  List<String> names() {
    return repositories.keySet().stream().sorted().toList();
  }

  /** The one of that name; null if there is none. */
  HubRepository get(String name) {
    return repositories.get(name);
  }

  /** The one of that name, which is made for everyone to see if it is missing. */
  HubRepository open(String name) {
    return repositories.computeIfAbsent(name, missing -> new HubRepository(true));
  }

  /** False if the name is taken. */
  boolean add(String name, HubRepository repository) {
    return repositories.putIfAbsent(name, repository) == null;
  }

  /** The one of that name; null if the asker may not see it, who is then told why. */
  HubRepository visible(HubExchange exchange, String name) throws IOException {
    HubRepository repository = repositories.get(name);
    if (exchange.request().headers().containsKey("Authorization") && !exchange.known()) {
      exchange.error(401, "", "Invalid credentials in Authorization header");
      return null;
    }
    if (repository == null || !(repository.open() || exchange.known())) {
      exchange.error(exchange.known() ? 404 : 401, "RepoNotFound", "Repository not found");
      return null;
    }
    return repository;
  }
}
