package io.arete.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.Inspection;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.Projection;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** An inspection for scripts; all sizes in bytes. */
final class InspectionJson {

  private InspectionJson() {}

  static ObjectNode of(
      Path path, Inspection inspection, MemoryNeeds.Lora lora, boolean withTensors) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("path", path.toString());
    json.put("kind", inspection.kind().name().toLowerCase(Locale.ROOT));
    json.put("engine_reads", inspection.refusal().isEmpty());
    inspection.refusal().ifPresent(reason -> json.put("refusal", reason));
    json.put("files", inspection.files());
    json.put("bytes", inspection.bytes());
    json.put("parameters", inspection.parameters());
    ObjectNode dtypes = json.putObject("tensors_by_dtype");
    inspection.tensorsByDtype().forEach(dtypes::put);
    ObjectNode settings = json.putObject("settings");
    inspection.settings().forEach(settings::put);
    inspection.sizes().ifPresent(sizes -> putMemory(json.putObject("memory"), sizes, lora));
    if (withTensors) {
      putTensors(json.putArray("tensors"), inspection);
    }
    return json;
  }

  private static void putMemory(ObjectNode json, DecoderSizes sizes, MemoryNeeds.Lora lora) {
    MemoryNeeds needs = MemoryNeeds.of(sizes, lora);
    put(json.putObject("weights"), needs.weights());
    json.put("key_value_cache_of_token", needs.cacheOfToken());
    ObjectNode adapter = json.putObject("lora");
    adapter.put("rank", lora.rank());
    ArrayNode targets = adapter.putArray("targets");
    lora.targets().stream().map(Projection::shortName).forEach(targets::add);
    adapter.put("parameters", needs.adapterParameters());
    adapter.put("adapter", MemoryFormulas.adapter(needs.adapterParameters()));
    adapter.put("gradients", MemoryFormulas.gradients(needs.adapterParameters()));
    adapter.put("optimizer", MemoryFormulas.optimizer(needs.adapterParameters()));
    put(adapter.putObject("activations_of_token_estimate"), needs.activationsOfToken());
  }

  private static void put(ObjectNode json, Map<Precision, Long> bytes) {
    bytes.forEach((form, value) -> json.put(form.name().toLowerCase(Locale.ROOT), value));
  }

  private static void putTensors(ArrayNode json, Inspection inspection) {
    for (Inspection.TensorFact tensor : inspection.tensors()) {
      ObjectNode entry = json.addObject();
      entry.put("name", tensor.name());
      entry.put("dtype", tensor.dtype());
      ArrayNode shape = entry.putArray("shape");
      tensor.shape().forEach(shape::add);
      entry.put("bytes", tensor.bytes());
    }
  }
}
