package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Replaces the score heads in reward models' files by heads that nobody trained. */
final class HeadFiles {

  private HeadFiles() {}

  /** Mixes random weights of the same size into a head. */
  static void untrain(Path folder, double share) throws IOException {
    Path file = folder.resolve("adapter_model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong(0);
    JsonNode tensors =
        CommandRun.parse(new String(bytes.array(), 8, header, StandardCharsets.UTF_8));
    for (var tensor : tensors.properties()) {
      if (tensor.getKey().endsWith("score.weight")) {
        int from = 8 + header + tensor.getValue().path("data_offsets").get(0).asInt();
        int to = 8 + header + tensor.getValue().path("data_offsets").get(1).asInt();
        double squares = 0;
        for (int at = from; at < to; at += Float.BYTES) {
          squares += bytes.getFloat(at) * bytes.getFloat(at);
        }
        double sd = Math.sqrt(squares / ((to - from) / (double) Float.BYTES));
        Random random = new Random(1);
        for (int at = from; at < to; at += Float.BYTES) {
          double mixed = (1 - share) * bytes.getFloat(at) + share * sd * random.nextGaussian();
          bytes.putFloat(at, (float) mixed);
        }
      }
    }
    Files.write(file, bytes.array());
  }

  /** Every head of a file gets its one row twice. */
  static void doubleHead(Path file) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      List<NamedTensor> doubled = new ArrayList<>();
      for (TensorEntry entry : tensors.entries().values()) {
        List<Long> shape = new ArrayList<>(entry.shape());
        List<ByteBuffer> chunks = new ArrayList<>(tensors.map(entry));
        if (entry.name().endsWith("score.weight")) {
          shape.set(0, 2L);
          chunks.addAll(tensors.map(entry));
        }
        doubled.add(NamedTensor.of(entry.name(), entry.dtype(), shape, chunks));
      }
      SafetensorsWriter.write(file, tensors.metadata(), doubled);
    }
  }
}
