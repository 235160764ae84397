package io.arete.engine.tensor;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native libraries that all tensors need. */
public final class NativeLibraries {

  private NativeLibraries() {}

  /**
   * Unpacks the libraries into JavaCPP's cache folder and loads them. Two processes must not do
   * this at once while the folder is empty: they crash.
   *
   * @throws UnsatisfiedLinkError if a library is missing or cannot be unpacked
   */
  public static void load() {
    Loader.load(torch.class);
  }
}
