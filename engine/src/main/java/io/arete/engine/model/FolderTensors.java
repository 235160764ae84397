package io.arete.engine.model;

import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.quant.Nf4Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;

/**
 * The tensors of a model folder.
 *
 * @param weights reads the folder, in the form that is wanted
 */
record FolderTensors(ModelFolder folder, WeightLoader weights) implements DenseTensors {

  @Override
  public SortedSet<String> names() {
    return folder.names();
  }

  @Override
  public StoredDtype dtype(String name) {
    return folder.required(name).dtype();
  }

  @Override
  public List<Long> shape(String name) {
    return folder.required(name).shape();
  }

  @Override
  public void copy(String name, AtomicFile.ByteSink sink) throws IOException {
    for (ByteBuffer chunk : folder.map(name)) {
      sink.write(chunk);
    }
  }

  @Override
  public Nf4Weight quantised(String name) {
    long[] shape = shape(name).stream().mapToLong(Long::longValue).toArray();
    return weights.quantised(new Stored(name, shape));
  }
}
