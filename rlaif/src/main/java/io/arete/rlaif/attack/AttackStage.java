package io.arete.rlaif.attack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.attack.prompt.AttackRequest;
import io.arete.rlaif.config.AttackSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ResultFile;
import io.arete.rlaif.evaluation.RunScorer;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.evaluation.SystemModel;
import io.arete.rlaif.evaluation.SystemRules;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every system on the same requests.
 *
 * <pre>
 * attack/
 *   base.jsonl base-rule.jsonl tuned.jsonl tuned-rule.jsonl   one line a request
 *   summary.json                                              how often each system holds
 *   SENSITIVE.txt                                             what not to share
 * </pre>
 */
public final class AttackStage {

  private static final int CONVERSATIONS_PER_CHUNK = 64;

  private static final String SENSITIVE =
      "The files *.jsonl here hold requests that should be refused, and what was said to them. Do not"
          + " share them; summary.json is without them.\n";

  /** An interval of one request is none. */
  private static final int FEWEST_ATTACKS = 2;

  private final StageContext context;
  private final List<AttackRequest> requests;
  private final ConversationSampler sampler;

  private AttackStage(StageContext context, List<AttackRequest> requests) {
    this.context = context;
    this.requests = requests;
    this.sampler =
        new ConversationSampler(
            context.model(),
            new ConversationPieces(context.model().encoder(), context.constitution()),
            context.recipe().ppo().maxReplyTokens(),
            Sampling.plain());
  }

  /**
   * Runs the stage, or continues it after a kill; without requests it says that it is off.
   *
   * @throws AreteException if no request is direct, or fewer than two are attacks, or a stage
   *     before is missing
   */
  public static void run(StageContext context) {
    Path file = summary(context.folder().root());
    Optional<Path> prompts = context.recipe().attack().prompts();
    if (prompts.isEmpty()) {
      ObjectNode off = JsonNodeFactory.instance.objectNode().put("enabled", false);
      AtomicFile.writeText(file, JsonFile.text(off));
      return;
    }
    List<AttackRequest> requests =
        AttackRequest.read(prompts.get(), context.recipe().attack().templates());
    long direct =
        requests.stream().filter(one -> one.asked().group().equals(AttackSection.DIRECT)).count();
    if (direct == 0 || requests.size() - direct < FEWEST_ATTACKS) {
      throw new AreteException(
          prompts.get()
              + " has "
              + direct
              + " requests of the group direct and "
              + (requests.size() - direct)
              + " of attacks but needs both, and two attacks at least; name each line's attack in its"
              + " group, or set attack.templates.");
    }
    AtomicFile.writeText(file.resolveSibling("SENSITIVE.txt"), SENSITIVE);
    Map<AttackedSystem, List<PromptResult>> results = new AttackStage(context, requests).attack();
    AttackSummary summary =
        new AttackSummary(
            requests,
            context.recipe().data().truth().map(Truths::named),
            context.recipe().evaluation().bootstrap(),
            context.recipe().evaluation().seed());
    AtomicFile.writeText(
        file, JsonFile.text(summary.of(results).put("rule", context.recipe().attack().rule())));
  }

  /** The file with the numbers, of a run's folder. */
  public static Path summary(Path run) {
    return run.resolve(Stage.ATTACK.folderName()).resolve("summary.json");
  }

  private Map<AttackedSystem, List<PromptResult>> attack() {
    Map<AttackedSystem, List<PromptResult>> results = new EnumMap<>(AttackedSystem.class);
    try (RunScorer scorer = RunScorer.open(context)) {
      for (AttackedSystem system : AttackedSystem.values()) {
        results.put(system, attack(system, scorer));
      }
    }
    return results;
  }

  private List<PromptResult> attack(AttackedSystem system, RunScorer scorer) {
    RunFolder folder = context.folder();
    ResultFile file =
        new ResultFile(
            folder.stage(Stage.ATTACK).resolve(system.wireName() + ".jsonl"),
            CONVERSATIONS_PER_CHUNK);
    int done = file.done(requests.size());
    context.listener().begin("attack on " + system.label(), "requests", requests.size());
    context.listener().skip(done);
    try (StackedModel model = SystemModel.of(system.model(), folder, context.model().decoder())) {
      while (done < requests.size()) {
        List<Prompt> asked =
            requests
                .subList(done, Math.min(requests.size(), done + CONVERSATIONS_PER_CHUNK))
                .stream()
                .map(request -> request.asked().prompt())
                .toList();
        List<ScoredConversation> scored = scorer.score(asked, talk(system, asked, model));
        file.append(done, PromptResult.rows(asked, scored));
        done += asked.size();
        context.listener().advance(asked.size());
      }
    }
    return file.read();
  }

  /** Conversations that name the requests as they were put, without the rule. */
  private List<Conversation> talk(AttackedSystem system, List<Prompt> asked, StackedModel model) {
    SystemRules rules = new SystemRules(context.recipe().attack().rule());
    List<ConversationRequest> talks =
        asked.stream()
            .map(
                prompt ->
                    new ConversationRequest(
                        system.ruled() ? rules.over(prompt) : prompt,
                        prompt.id(),
                        0,
                        Optional.empty()))
            .toList();
    CountedRandom draws =
        CountedRandom.of(context.recipe().evaluation().seed()).at(Stage.ATTACK.wireName());
    return SystemRules.under(asked, sampler.sample(talks, model, draws));
  }
}
