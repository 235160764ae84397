package io.arete.cli;

import io.arete.engine.convert.RandomFolder;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.KnownShape;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a model that has learned nothing, for trying out what a model of its size needs. */
@Command(
    name = "random",
    description = "Write a model folder of random weights in the shape of a known model.",
    sortOptions = false,
    footer = {
      "",
      "Time and memory do not depend on what a model has learned. The tokenizer's words are bytes.",
      "The same seed gives the same bytes; one tensor at a time is in memory."
    })
@SuppressWarnings("unused") // picocli fills the fields
final class RandomCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--like",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Whose shape: one of ${COMPLETION-CANDIDATES}.")
  private String name;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to make; absent or empty.")
  private Path folder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the weights are drawn from (default 1).")
  private long seed;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "bfloat16",
      description =
          "Linear layers in bfloat16 (default), or in four bits as `arete quantize` writes them: nf4"
              + " or nf4_single.")
  private Form form;

  @Mixin private ProgressOptions progress;

  @Override
  public void run() {
    KnownShape shape = KnownShape.of(name);
    try (LateBar bar = new LateBar("random " + name, "tensors", progress)) {
      RandomFolder.run(shape, folder, seed, form.base, bar::show);
    }
    Path weights = folder.resolve("model.safetensors");
    spec.commandLine()
        .getOut()
        .println("wrote " + folder + ", weights " + WrittenFile.size(weights));
  }

  /** How linear layers may be stored. */
  enum Form {
    BFLOAT16(BaseForm.DENSE),
    NF4(BaseForm.NF4),
    NF4_SINGLE(BaseForm.NF4_SINGLE);

    private final BaseForm base;

    Form(BaseForm base) {
      this.base = base;
    }
  }

  /** The known names, for the help. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return KnownShape.names().iterator();
    }
  }
}
