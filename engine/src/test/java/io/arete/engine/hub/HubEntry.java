package io.arete.engine.hub;

import java.nio.charset.StandardCharsets;

/** A file at a commit of the test hub; for a large one the commit holds but a pointer. */
record HubEntry(HubContent content, boolean large) {

  String oid() {
    return large
        ? Checksum.of(Checksum.Kind.GIT_BLOB, pointer().getBytes(StandardCharsets.UTF_8)).hex()
        : content.checksum(Checksum.Kind.GIT_BLOB).hex();
  }

  String sha256() {
    return content.checksum(Checksum.Kind.SHA256).hex();
  }

  String pointer() {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:"
        + sha256()
        + "\nsize "
        + content.size()
        + "\n";
  }
}
