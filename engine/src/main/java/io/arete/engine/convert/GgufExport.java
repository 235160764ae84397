package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.checkpoint.GgufContent;
import io.arete.engine.checkpoint.GgufHeader;
import io.arete.engine.checkpoint.GgufWriter;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.nn.RotaryScaling;
import io.arete.engine.tensor.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a Hugging Face folder of a Llama, Mistral, Qwen2 or Qwen3 model into one GGUF file, with
 * its tokenizer and chat template, as llama.cpp's own converter would.
 */
public final class GgufExport {

  /** Left in old checkpoints; follows from the configuration. */
  private static final String FREQUENCIES = ".rotary_emb.inv_freq";

  private static final String HEAD = "lm_head.weight";
  private static final int QUANTIZATION_VERSION = 2;

  private GgufExport() {}

  /** As the other, without an adapter. */
  public static void run(
      Path folder, Path target, GgufWeights weights, ConversionProgress progress) {
    run(folder, Optional.empty(), target, weights, progress);
  }

  /**
   * Exports {@code folder} into the new file {@code target}, whose parents are created.
   *
   * @param adapter an adapter folder in PEFT form that is merged on the way, in float32
   * @throws AreteException if the file is there already, the folder is broken or needs what GGUF or
   *     this export cannot say, or the disk is full; no file is then left
   */
  public static void run(
      Path folder,
      Optional<Path> adapter,
      Path target,
      GgufWeights weights,
      ConversionProgress progress) {
    if (Files.exists(target)) {
      throw new AreteException(target + " exists already; name a new file or delete this one");
    }
    DecoderShape shape = FolderShape.read(folder);
    try (ModelFolder model = ModelFolder.open(folder);
        ExportSource source = ExportSource.open(model, adapter)) {
      List<Planned> planned = plan(model, shape, weights);
      ByteLevelTokenizer tokenizer = FolderTokenizer.read(folder, shape.vocabulary());
      GgufHeader header = header(folder, shape, weights);
      GgufTokenizer.write(tokenizer, header);
      createParent(target);
      GgufWriter.write(target, header, contents(source, shape, planned, weights, progress));
    }
  }

  /** A tensor of the folder, and how it is to be stored. */
  private record Planned(TensorRow row, TensorEntry source, GgmlType type) {}

  private static List<Planned> plan(ModelFolder model, DecoderShape shape, GgufWeights weights) {
    List<Planned> planned = new ArrayList<>();
    Set<String> used = new HashSet<>();
    TensorRow.forEach(
        shape,
        row -> {
          TensorEntry source = model.required(row.huggingFace());
          GgmlType type = row.shape().size() == 1 ? GgmlType.F32 : weights.type();
          requireFits(model.path(), row, source, type);
          planned.add(new Planned(row, source, type));
          used.add(row.huggingFace());
        });
    for (String name : model.names()) {
      boolean sameAsEmbedding = shape.tied() && name.equals(HEAD);
      if (!used.contains(name) && !sameAsEmbedding && !name.endsWith(FREQUENCIES)) {
        throw new AreteException(
            "%s has the tensor %s, which is not understood; exporting without it would change the model"
                .formatted(model.path(), Quoted.of(name)));
      }
    }
    return planned;
  }

  private static void requireFits(Path folder, TensorRow row, TensorEntry source, GgmlType type) {
    if (!source.shape().equals(row.shape())) {
      throw new AreteException(
          "%s has the tensor %s of shape %s, but config.json asks for %s; take both from the same model"
              .formatted(folder, row.huggingFace(), source.shape(), row.shape()));
    }
    long columns = row.shape().get(row.shape().size() - 1);
    if (columns % type.blockElements() != 0) {
      throw new AreteException(
          "%s has the tensor %s with rows of %d elements, but %s needs a multiple of %d; export as f16"
              .formatted(folder, row.huggingFace(), columns, type, type.blockElements()));
    }
  }

  private static GgufHeader header(Path folder, DecoderShape shape, GgufWeights weights) {
    GgufHeader header = new GgufHeader();
    String prefix = shape.family().architecture() + ".";
    header.text("general.architecture", shape.family().architecture());
    header.text("general.type", "model");
    header.text("general.name", String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    header.uint32("general.file_type", weights.fileType());
    header.uint32("general.quantization_version", QUANTIZATION_VERSION);
    header.uint32(prefix + "block_count", shape.layers());
    header.uint32(prefix + "context_length", shape.context());
    header.uint32(prefix + "embedding_length", shape.hidden());
    header.uint32(prefix + "feed_forward_length", shape.intermediate());
    header.uint32(prefix + "attention.head_count", shape.heads());
    header.uint32(prefix + "attention.head_count_kv", shape.keyValueHeads());
    header.uint32(prefix + "attention.key_length", shape.headWidth());
    header.uint32(prefix + "attention.value_length", shape.headWidth());
    header.float32(prefix + "attention.layer_norm_rms_epsilon", (float) shape.normEpsilon());
    header.uint32(prefix + "rope.dimension_count", shape.headWidth());
    header.float32(prefix + "rope.freq_base", (float) shape.ropeTheta());
    if (shape.ropeScaling() instanceof RotaryScaling.Linear linear) {
      header.text(prefix + "rope.scaling.type", "linear");
      header.float32(prefix + "rope.scaling.factor", (float) linear.factor());
    }
    header.uint32(prefix + "vocab_size", shape.vocabulary());
    return header;
  }

  private static List<GgufContent> contents(
      ExportSource source,
      DecoderShape shape,
      List<Planned> planned,
      GgufWeights weights,
      ConversionProgress progress) {
    List<GgufContent> contents = new ArrayList<>();
    if (shape.ropeScaling() instanceof RotaryScaling.Llama3 scaling) {
      contents.add(ropeFactors(shape, scaling));
    }
    long total = planned.stream().mapToLong(tensor -> tensor.source().bytes()).sum();
    long[] done = new long[1];
    for (Planned tensor : planned) {
      float largest = tensor.type() == GgmlType.F32 ? Float.MAX_VALUE : weights.largest();
      contents.add(
          new GgufContent(
              tensor.row().gguf(),
              tensor.type(),
              tensor.row().shape(),
              sink -> {
                try (Scope scope = Scope.open()) {
                  Floats values = source.floats(tensor.source());
                  new ExportStream(values, tensor.type(), largest, sink).write(tensor.row());
                }
                done[0] += tensor.source().bytes();
                progress.tensorWritten(tensor.row().gguf(), done[0], total);
              }));
    }
    return contents;
  }

  private static GgufContent ropeFactors(DecoderShape shape, RotaryScaling.Llama3 scaling) {
    float[] factors = RopeFactors.of(scaling, shape.ropeTheta(), shape.headWidth());
    return new GgufContent(
        RopeFactors.TENSOR,
        GgmlType.F32,
        List.of((long) factors.length),
        sink -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(factors.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(factors);
          sink.write(bytes);
        });
  }

  private static void createParent(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
    } catch (IOException e) {
      throw FullDisk.writing(target, e);
    }
  }
}
