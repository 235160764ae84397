package io.arete.engine.model;

import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.quant.Nf4Weight;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/** The tensors of a dense model, by the names of its files; one at a time is in memory. */
interface DenseTensors {

  /** All names, ordered. */
  SortedSet<String> names();

  /** In what a tensor's elements are stored. */
  StoredDtype dtype(String name);

  /** A tensor's dimensions, outermost first. */
  List<Long> shape(String name);

  /** Writes a tensor's bytes, little-endian, row by row. */
  void copy(String name, AtomicFile.ByteSink sink) throws IOException;

  /** A matrix, quantised as it is stored. The caller closes it. */
  Nf4Weight quantised(String name);
}
