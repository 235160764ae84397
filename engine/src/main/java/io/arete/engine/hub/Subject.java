package io.arete.engine.hub;

/**
 * What a request is about, for messages.
 *
 * @param writing whether something is to be changed
 */
record Subject(RepoKind kind, RepoName name, Revision revision, boolean writing) {

  /** Where its page and its files are, below the endpoint. */
  String page() {
    return kind.prefix() + name;
  }

  /** Where the API tells of it, below the endpoint. */
  String api() {
    return "api/" + kind.plural() + "/" + name;
  }

  /** What is written after a command's word. */
  String argument() {
    return name + (kind == RepoKind.DATASET ? " --dataset" : "");
  }

  @Override
  public String toString() {
    return (kind == RepoKind.MODEL ? "model " : "data set ") + name;
  }
}
