package io.arete.cli.bench;

import io.arete.engine.AreteException;
import io.arete.engine.hub.PulledFolder;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.KnownShape;
import io.arete.engine.model.RandomModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures this machine. */
@Command(
    name = "bench",
    description = "Measure how fast this machine trains, generates and judges.",
    footer = {"", "Without --model, random weights in the shape of SmolLM2-135M are measured."})
public final class BenchCommand implements Runnable {

  private static final long SEED = 1;

  private static final String ORIENTATION =
      """

      For orientation, TRL 1.9.2 with transformers 5.16 on SmolLM2-135M, on another machine of 2
      cores, in bfloat16: train 398 tokens/s (the prompt counted for both), decode 24, 154 and 224
      tokens/s at batch 1, 16 and 64, judge 8.4 prompts/s, ppo 29.7 s.\
      """;

  /** What can be measured. */
  enum Choice {
    ALL,
    TRAIN,
    DECODE,
    JUDGE,
    SCORE,
    PPO,
    MEMORY,
    DEQUANTIZE
  }

  /** Element types that can be asked for. */
  enum DtypeOption {
    FLOAT32,
    BFLOAT16,
    AUTO
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      defaultValue = "all",
      description = "One of ${COMPLETION-CANDIDATES}; all by default.")
  private Choice choice;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model folder to measure with, or OWNER/NAME of a pulled one.")
  private @Nullable String model;

  @Option(
      names = "--dtype",
      defaultValue = "auto",
      description = "Element type of the weights: float32, bfloat16, or auto for the faster one.")
  private DtypeOption dtype;

  @Option(
      names = "--quantize",
      defaultValue = "dense",
      description = "Form of linear layers: dense (default), nf4 or nf4_single.")
  private BaseForm form;

  @Option(
      names = "--critic",
      defaultValue = "own",
      description =
          "ppo, memory --model: the critic on an adapter of its own (own, default), or on the"
              + " policy's (shared).")
  private CriticForm critic;

  @Mixin private MemoryOptions memory;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter output = spec.commandLine().getOut();
    Consumer<Measure> print =
        measure -> {
          output.println(json ? measure.json() : measure.line());
          output.flush();
        };
    Path folder = model == null ? null : PulledFolder.orFolder(model);
    Device device = Device.best();
    double wide = Ceiling.gigaflops(Dtype.FLOAT32, device);
    double narrow = Ceiling.gigaflops(Dtype.BFLOAT16, device);
    print.accept(new Measure("machine", "threads", Threads.count(), ""));
    print.accept(new Measure("ceiling", "products in float32", wide, "GFLOPS"));
    print.accept(new Measure("ceiling", "products in bfloat16", narrow, "GFLOPS"));
    Dtype chosen = chosen(wide, narrow);
    double ceiling = chosen == Dtype.FLOAT32 ? wide : narrow;
    if (choice != Choice.MEMORY && choice != Choice.DEQUANTIZE) {
      measure(
          folder,
          KnownShape.SMOLLM2_135M,
          new Plan(form, chosen, device, ceiling, speeds()),
          print);
    }
    Path measured = folder;
    if (choice == Choice.MEMORY && measured != null) {
      Plan plan = new Plan(form, chosen, device, ceiling, Map.of());
      ModelMemory.run(memory, critic, () -> load(measured, plan), print);
    } else if (choice == Choice.MEMORY || choice == Choice.ALL) {
      Map<Choice, Benchmark> flat = Map.of(Choice.MEMORY, new MemoryBenchmark());
      measure(null, KnownShape.TINY, new Plan(form, chosen, device, ceiling, flat), print);
    }
    if (choice == Choice.DEQUANTIZE || choice == Choice.ALL) {
      dequantize(folder, new Plan(BaseForm.DENSE, chosen, device, ceiling, Map.of()), print);
    }
    if (!json && choice != Choice.MEMORY && choice != Choice.DEQUANTIZE) {
      output.println(ORIENTATION);
    }
  }

  private static void dequantize(@Nullable Path folder, Plan dense, Consumer<Measure> print) {
    Plan nf4 = new Plan(BaseForm.NF4, dense.dtype(), dense.device(), dense.ceiling(), Map.of());
    try (DecoderModel first = model(folder, KnownShape.SMOLLM2_135M, dense);
        DecoderModel second = model(folder, KnownShape.SMOLLM2_135M, nf4)) {
      DequantizeBenchmark.run(
          new Subject(first, dense.ceiling()), new Subject(second, nf4.ceiling()), print);
    }
  }

  private record Plan(
      BaseForm form,
      Dtype dtype,
      Device device,
      double ceiling,
      Map<Choice, Benchmark> benchmarks) {}

  private Map<Choice, Benchmark> speeds() {
    Map<Choice, Benchmark> benchmarks = new LinkedHashMap<>();
    benchmarks.put(Choice.TRAIN, new TrainBenchmark());
    benchmarks.put(Choice.DECODE, new DecodeBenchmark(form == BaseForm.DENSE));
    benchmarks.put(Choice.JUDGE, new JudgeBenchmark());
    benchmarks.put(Choice.SCORE, new ScoreBenchmark());
    benchmarks.put(Choice.PPO, new PpoBenchmark(critic));
    if (choice != Choice.ALL) {
      benchmarks.keySet().retainAll(Set.of(choice));
    }
    return benchmarks;
  }

  private Dtype chosen(double wide, double narrow) {
    return switch (dtype) {
      case FLOAT32 -> Dtype.FLOAT32;
      case BFLOAT16 -> Dtype.BFLOAT16;
      case AUTO -> narrow > wide ? Dtype.BFLOAT16 : Dtype.FLOAT32;
    };
  }

  private static DecoderModel model(@Nullable Path folder, KnownShape random, Plan plan) {
    return folder == null ? drawn(random, plan) : load(folder, plan);
  }

  private static void measure(
      @Nullable Path folder, KnownShape random, Plan plan, Consumer<Measure> print) {
    try (DecoderModel model = model(folder, random, plan)) {
      Subject subject = new Subject(model, plan.ceiling());
      plan.benchmarks().values().forEach(benchmark -> benchmark.run(subject, print));
    }
  }

  private static DecoderModel drawn(KnownShape random, Plan plan) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("arete-bench");
      RandomModel.write(folder, random.config(), SEED, BaseForm.DENSE, (done, all) -> {});
      return load(folder, plan);
    } catch (IOException e) {
      throw new AreteException(
          "no temporary folder for the weights can be made: "
              + e.getMessage()
              + "; set java.io.tmpdir to a folder that can be written",
          e);
    } finally {
      delete(folder);
    }
  }

  private static DecoderModel load(Path folder, Plan plan) {
    return DecoderModel.load(folder, plan.form(), plan.dtype(), plan.device());
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("config.json"));
      Files.deleteIfExists(folder.resolve("model.safetensors"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new AreteException("the temporary folder " + folder + " cannot be removed", e);
    }
  }
}
