package io.arete.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What scripting commands read from and write to, as bytes.
 *
 * @param input lines where the file is {@code -}
 * @param output results; reports failed writes, which a PrintStream would hide
 */
record StandardStreams(InputStream input, OutputStream output) {

  /** Those of this process. */
  static StandardStreams ofProcess() {
    return new StandardStreams(System.in, new FileOutputStream(FileDescriptor.out));
  }
}
