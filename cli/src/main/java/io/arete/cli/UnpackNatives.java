package io.arete.cli;

import io.arete.engine.tensor.NativeLibraries;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What the launcher runs alone, once, before several processes share the unpacked libraries. */
public final class UnpackNatives {

  private UnpackNatives() {}

  /** Unpacks and loads the native libraries; ends with 0, or with 1 and a sentence. */
  public static void main(String[] arguments) {
    try {
      NativeLibraries.load();
    } catch (RuntimeException | LinkageError failure) {
      PrintWriter messages = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      System.exit(FailureReport.print(failure, false, messages).code());
    }
  }
}
