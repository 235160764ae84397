package io.arete.cli;

import io.arete.rlaif.config.EndpointArguments;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.feedback.Committee;
import io.arete.rlaif.feedback.EndpointLabeler;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerAddress;
import io.arete.rlaif.feedback.LabelerAddress.Kind;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.run.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Who labels: one labeler, or several as a committee.
 *
 * @param addresses as they were given
 * @param endpoint how the one behind a server is asked, if there is one
 */
record LabelerPanel(List<LabelerAddress> addresses, Optional<EndpointSettings> endpoint) {

  /**
   * The labelers of a command line.
   *
   * @throws ParameterException if there are two behind servers, or options of one without one
   */
  static LabelerPanel of(CommandSpec command, List<String> labelers) {
    List<LabelerAddress> addresses = labelers.stream().map(LabelerAddress::of).toList();
    List<LabelerAddress> servers =
        addresses.stream().filter(address -> address.kind() == Kind.ENDPOINT).toList();
    Map<String, String> given = EndpointOptions.given(command);
    if (servers.size() > 1) {
      throw new ParameterException(
          command.commandLine(), "Only one labeler may be an endpoint: its options are for one.");
    }
    if (servers.isEmpty() && !given.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          String.join(", ", given.keySet())
              + " is for --labeler endpoint:URL, which is not given.");
    }
    return new LabelerPanel(
        addresses,
        servers.stream().findFirst().map(one -> EndpointArguments.read(one.place(), given)));
  }

  /** All of them, as the report names them. */
  String name() {
    return addresses.stream().map(LabelerAddress::text).collect(Collectors.joining(", "));
  }

  /** What decides their answers to the last bit: weights, and how they compute. */
  String numbers(ComputeOptions compute) {
    List<String> numbers = new ArrayList<>();
    addresses.stream()
        .filter(address -> address.kind() == Kind.LOCAL)
        .map(address -> Path.of(address.place()))
        .filter(Files::isDirectory) // Whoever opens it says what is wrong otherwise.
        .forEach(folder -> numbers.add(Digests.model(folder)));
    if (addresses.stream().anyMatch(address -> address.kind() == Kind.LOCAL)) {
      numbers.add(compute.numbers());
    }
    endpoint.map(EndpointSettings::deciding).ifPresent(numbers::add);
    return String.join("; ", numbers);
  }

  /**
   * Opens them. The caller closes what is returned.
   *
   * @param folder of the labeling, where its name as a payer is kept
   * @param before what they did in earlier processes
   */
  Labeler open(
      Constitution constitution,
      ComputeOptions compute,
      Path folder,
      LabelerWork before,
      Consumer<String> notes) {
    Function<LabelerAddress, Labeler> opener =
        address ->
            switch (address.kind()) {
              case LOCAL ->
                  address.local(constitution, compute.form(), compute.prepare(), compute.device());
              case ENDPOINT ->
                  EndpointLabeler.open(
                      endpoint.orElseThrow(),
                      folder.resolve(".payer"),
                      constitution,
                      before,
                      notes);
            };
    return addresses.size() == 1
        ? opener.apply(addresses.get(0))
        : Committee.open(addresses, LabelerAddress::member, opener);
  }
}
