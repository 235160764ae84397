package io.arete.engine.hub;

/** What a repository of a hub holds. */
public enum RepoKind {
  /** A model, or an adapter for one. */
  MODEL("model", ""),
  /** Data. */
  DATASET("dataset", "datasets/");

  private final String word;
  private final String prefix;

  RepoKind(String word, String prefix) {
    this.word = word;
    this.prefix = prefix;
  }

  /** As people and requests call it. */
  public String word() {
    return word;
  }

  /** As the first part of an address in the API, and of a folder in the cache. */
  String plural() {
    return word + "s";
  }

  /** What stands before a name in addresses outside of the API. */
  String prefix() {
    return prefix;
  }
}
