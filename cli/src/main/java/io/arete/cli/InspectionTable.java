package io.arete.cli;

import io.arete.engine.Quoted;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.Inspection;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.Projection;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An inspection that a person reads at a glance. */
final class InspectionTable {

  private static final double KIBIBYTE = 1_024;

  /** Settings of a configuration that say nothing of what a model is. */
  private static final Set<String> MINOR =
      Set.of(
          "_name_or_path",
          "attention_dropout",
          "bos_token_id",
          "eos_token_id",
          "initializer_range",
          "pad_token_id",
          "pretraining_tp",
          "tokenizer.chat_template",
          "torch_dtype",
          "transformers_version",
          "unk_token_id",
          "use_cache");

  private final Inspection inspection;
  private final MemoryNeeds.Lora lora;

  InspectionTable(Inspection inspection, MemoryNeeds.Lora lora) {
    this.inspection = inspection;
    this.lora = lora;
  }

  void print(PrintWriter out, boolean withTensors) {
    row(out, "kind", inspection.kind().words());
    row(
        out,
        "size on disk",
        "%s in %d file%s"
            .formatted(
                size(inspection.bytes()), inspection.files(), inspection.files() == 1 ? "" : "s"));
    row(out, "tensors", inspection.tensors().size() + ": " + dtypes());
    row(out, "parameters", parameters());
    if (inspection.kind() == Inspection.Kind.MODEL_FOLDER
        || inspection.kind() == Inspection.Kind.GGUF) {
      row(out, "engine", inspection.refusal().map(why -> "refuses it: " + why).orElse(taken()));
    }
    printSettings(out);
    inspection.sizes().ifPresent(sizes -> printMemory(out, sizes));
    if (withTensors) {
      printTensors(out);
    }
  }

  private String taken() {
    return inspection.kind() == Inspection.Kind.GGUF ? "imports it" : "reads it";
  }

  private String dtypes() {
    return inspection.tensorsByDtype().entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private String parameters() {
    String all = count(inspection.parameters());
    return inspection
        .sizes()
        .map(
            sizes ->
                "%s: %s in the blocks' linear layers, %s elsewhere"
                    .formatted(all, count(sizes.linear()), count(sizes.other())))
        .orElse(all);
  }

  private void printSettings(PrintWriter out) {
    List<Map.Entry<String, String>> telling =
        inspection.settings().entrySet().stream()
            .filter(entry -> !MINOR.contains(entry.getKey()))
            .toList();
    if (!telling.isEmpty()) {
      out.printf("%nsettings%n");
    }
    telling.forEach(entry -> out.printf("  %-38s %s%n", entry.getKey(), entry.getValue()));
  }

  private void printMemory(PrintWriter out, DecoderSizes sizes) {
    MemoryNeeds needs = MemoryNeeds.of(sizes, lora);
    String targets =
        lora.targets().stream().map(Projection::shortName).collect(Collectors.joining(","));
    out.printf("%n%-38s %12s %12s %12s%n", "memory to run", "float32", "bfloat16", "4 bits");
    forms(out, "weights", needs.weights());
    one(out, "key-value cache, a token", needs.cacheOfToken());
    out.printf("%nto train LoRA, rank %d on %s, besides%n", lora.rank(), targets);
    long parameters = needs.adapterParameters();
    one(
        out,
        "adapter, %s parameters".formatted(count(parameters)),
        MemoryFormulas.adapter(parameters));
    one(out, "gradients", MemoryFormulas.gradients(parameters));
    one(out, "optimizer (AdamW)", MemoryFormulas.optimizer(parameters));
    forms(out, "activations, a token (estimate)", needs.activationsOfToken());
  }

  private void printTensors(PrintWriter out) {
    out.println();
    for (Inspection.TensorFact tensor : inspection.tensors()) {
      out.printf("%-5s %-20s %s%n", tensor.dtype(), tensor.shape(), Quoted.plain(tensor.name()));
    }
  }

  private static void forms(PrintWriter out, String what, Map<Precision, Long> bytes) {
    out.printf("  %-36s", what);
    for (Precision form : Precision.values()) {
      out.printf(" %12s", size(bytes.getOrDefault(form, 0L)));
    }
    out.println();
  }

  private static void one(PrintWriter out, String what, long bytes) {
    out.printf("  %-36s %12s%n", what, size(bytes));
  }

  private static void row(PrintWriter out, String what, String value) {
    out.printf("%-14s %s%n", what, value);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three figures and a unit. */
  private static String size(long bytes) {
    double value = bytes;
    String unit = "B";
    for (String larger : List.of("KiB", "MiB", "GiB", "TiB")) {
      if (value < KIBIBYTE) {
        break;
      }
      value /= KIBIBYTE;
      unit = larger;
    }
    String pattern =
        unit.equals("B") || value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, pattern, value, unit);
  }
}
