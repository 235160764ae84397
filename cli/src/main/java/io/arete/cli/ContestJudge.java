package io.arete.cli;

import io.arete.rlaif.config.EndpointArguments;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.feedback.EndpointLabeler;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerAddress;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.run.Digests;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The judge of a comparison.
 *
 * @param address as it was given
 * @param server how it is asked, if it is behind one
 */
record ContestJudge(LabelerAddress address, Optional<EndpointSettings> server) {

  private static final String MODEL = "--endpoint-model";

  /**
   * The judge of a command line.
   *
   * @param options of servers, as they were given
   */
  static ContestJudge of(String text, Map<String, String> options) {
    LabelerAddress address = LabelerAddress.of(text);
    return new ContestJudge(
        address,
        address.kind() == LabelerAddress.Kind.ENDPOINT
            ? Optional.of(settings(address.place(), options))
            : Optional.empty());
  }

  /** The settings of a server whose address may end in {@code #MODEL}. */
  static EndpointSettings settings(String place, Map<String, String> options) {
    int model = place.indexOf('#');
    Map<String, String> all = new TreeMap<>(options);
    if (model >= 0) {
      all.put(MODEL, place.substring(model + 1));
    }
    return EndpointArguments.read(model < 0 ? place : place.substring(0, model), all);
  }

  /** What decides the judge's word. */
  String deciding(ComputeOptions compute) {
    return address.text()
        + " "
        + server
            .map(EndpointSettings::deciding)
            .orElseGet(() -> Digests.model(Path.of(address.place())) + " " + compute.numbers());
  }

  /** The model alone, however its address is written. */
  String model() {
    return server
        .map(one -> bare(one.url().orElseThrow()) + "#" + one.model().orElse(""))
        .orElseGet(() -> Digests.model(Path.of(address.place())));
  }

  private static String bare(URI url) {
    return url.normalize().toString().replaceAll("/+$", "");
  }

  /** Opens it; the caller closes it. */
  Labeler open(
      Constitution constitution,
      ComputeOptions compute,
      Path folder,
      LabelerWork before,
      Consumer<String> notes) {
    return server.isPresent()
        ? EndpointLabeler.open(
            server.get(), folder.resolve(".payer-judge"), constitution, before, notes)
        : address.local(constitution, compute.form(), compute.prepare(), compute.device());
  }
}
