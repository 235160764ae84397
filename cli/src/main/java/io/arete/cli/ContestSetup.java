package io.arete.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.checkpoint.RunInstead;
import io.arete.engine.hub.PulledFolder;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.contest.Contest;
import io.arete.rlaif.contest.ContestPlan;
import io.arete.rlaif.contest.Contestant;
import io.arete.rlaif.contest.EndpointContestant;
import io.arete.rlaif.contest.FolderContestant;
import io.arete.rlaif.contest.RunScoring;
import io.arete.rlaif.contest.SystemAddress;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.RuleText;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.Timekeeper;
import io.arete.rlaif.evaluation.SystemRules;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.recipe.FinishedRun;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A comparison of any systems, put together from the command line.
 *
 * @param options as they were given
 * @param servers options of models behind servers
 * @param compute how those on this machine compute
 * @param prompts the file
 */
record ContestSetup(
    ContestOptions options, Map<String, String> servers, ComputeOptions compute, Path prompts) {

  /** Runs it, or goes on with it. */
  ObjectNode run(StageListener listener) {
    Constitution constitution = constitution();
    Path out = options.out(prompts);
    Map<String, SystemAddress> places = new LinkedHashMap<>();
    List<ContestPlan.Entry> entries = entries(places);
    Optional<ContestJudge> judge =
        Optional.ofNullable(options.judge()).map(text -> ContestJudge.of(text, servers));
    EndpointOptions.requireOneServer(
        Stream.concat(
                places.values().stream().filter(SystemAddress::endpoint).map(this::settings),
                judge.stream().flatMap(one -> one.server().stream()))
            .toList());
    Optional<Path> rewards = Optional.ofNullable(options.rewards());
    ContestPlan plan =
        new ContestPlan(
            entries,
            GivenPrompt.read(prompts, 0).stream().map(GivenPrompt::prompt).toList(),
            options.samples(),
            options.maxNewTokens(),
            constitution,
            rewards.map(ContestSetup::deciding),
            judge.map(one -> one.deciding(compute)),
            options.bootstrap(),
            options.seed(),
            out);
    Contest.Cast cast =
        new Contest.Cast(
            entry -> open(entry, places, constitution, out),
            rewards.map(run -> scoring(run, listener)),
            judge.map(
                one -> before -> one.open(constitution, compute, out, before, listener::note)));
    return Contest.run(plan, cast, listener);
  }

  private Constitution constitution() {
    String named = options.constitution();
    Path run = options.rewards();
    if (named == null && run != null) {
      return Constitution.load(recipe(run).general().constitution());
    }
    return Constitution.load(named == null ? "box:virtues" : named);
  }

  private static Recipe recipe(Path run) {
    Path recipe = run.resolve("recipe.yaml");
    if (!Files.exists(recipe)) {
      throw new AreteException(run + " is no run (no recipe.yaml); give --rewards a run.");
    }
    return RecipeReader.read(recipe, List.of());
  }

  /** What decides a run's scores. */
  private static String deciding(Path run) {
    PpoFormulas formulas = new PpoFormulas(recipe(run).ppo());
    return Digests.folder(run.resolve(Stage.REWARD.folderName()))
        + " "
        + formulas.ensemble().describe()
        + ", "
        + formulas.missingEnd();
  }

  private List<ContestPlan.Entry> entries(Map<String, SystemAddress> places) {
    Optional<SystemRules> rules =
        Optional.ofNullable(options.rules()).map(RuleText::read).map(SystemRules::new);
    List<ContestPlan.Entry> entries = new ArrayList<>();
    for (SystemAddress system : SystemAddress.all(options.systems())) {
      String from = from(system);
      places.put(system.name(), system);
      entries.add(new ContestPlan.Entry(system.name(), from, Optional.empty()));
      if (rules.isPresent()) {
        String ruled = system.name() + "+rules";
        places.put(ruled, system);
        entries.add(new ContestPlan.Entry(ruled, from, rules));
      }
    }
    return entries;
  }

  /** Where a system is, and what decides its replies. */
  private String from(SystemAddress system) {
    if (system.endpoint()) {
      return "endpoint:" + system.place() + " " + settings(system).model().orElse("?");
    }
    Path folder = folder(system);
    String below = adapter(folder).map(one -> " " + Digests.model(base(one))).orElse("");
    return Digests.model(folder) + below + " " + compute.numbers();
  }

  private EndpointSettings settings(SystemAddress system) {
    String model = system.model().map(name -> "#" + name).orElse("");
    return ContestJudge.settings(system.place() + model, servers);
  }

  private static Path folder(SystemAddress system) {
    Path folder = PulledFolder.orFolder(system.place());
    RunInstead.sentence(folder)
        .ifPresent(
            sentence -> {
              throw new AreteException("The system " + system.name() + ": " + sentence + ".");
            });
    if (!Files.isDirectory(folder)) {
      throw new AreteException(
          "The system "
              + system.name()
              + " is "
              + system.place()
              + ", where there is no folder; give a model's or an adapter's, or endpoint:URL#MODEL.");
    }
    return folder;
  }

  private static Optional<Path> adapter(Path folder) {
    return AdapterFiles.isAdapter(folder) ? Optional.of(folder) : Optional.empty();
  }

  private Path base(Path adapter) {
    return AdapterBase.folder(adapter, options.base());
  }

  private Contestant open(
      ContestPlan.Entry entry,
      Map<String, SystemAddress> places,
      Constitution constitution,
      Path out) {
    SystemAddress system = places.get(entry.name());
    if (system == null) {
      throw new IllegalStateException("Nobody is called " + entry.name());
    }
    if (system.endpoint()) {
      EndpointClient client =
          EndpointClient.open(
              settings(system),
              System.getenv(),
              out.resolve(".payer-" + entry.name()),
              Timekeeper.SYSTEM);
      return new EndpointContestant(client, constitution, options.maxNewTokens(), options.seed());
    }
    Path folder = folder(system);
    Optional<Path> adapter = adapter(folder);
    Path whole = adapter.map(this::base).orElse(folder);
    return FolderContestant.open(
        ChatModel.load(whole, compute.form(), compute.prepare(), compute.device()),
        adapter,
        constitution,
        options.maxNewTokens(),
        options.seed());
  }

  private static Consumer<Consumer<RunScoring>> scoring(Path run, StageListener listener) {
    return work ->
        FinishedRun.with(
            run,
            Stage.REWARD,
            listener,
            context -> {
              try (RunScoring scoring = RunScoring.open(context)) {
                work.accept(scoring);
              }
              return run;
            });
  }
}
