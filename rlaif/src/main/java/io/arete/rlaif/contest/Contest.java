package io.arete.rlaif.contest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesChunks;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.HeadToHead;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ResultFile;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.stage.StageListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lets systems talk, has them scored and judged, and makes one table of it. */
public final class Contest {

  /** Conversations that are sampled, and scored, together. */
  private static final int CONVERSATIONS_PER_CHUNK = 64;

  private final ContestPlan plan;
  private final ContestFolder folder;
  private final StageListener listener;
  private final int promptsPerChunk;

  private Contest(ContestPlan plan, ContestFolder folder, StageListener listener) {
    this.plan = plan;
    this.folder = folder;
    this.listener = listener;
    this.promptsPerChunk = Math.max(1, CONVERSATIONS_PER_CHUNK / plan.samples());
  }

  /**
   * Those who take part.
   *
   * @param opener opens a system when it has something to say; closed here
   * @param scoring opens a run's reward models and hands them on; called only if something is left
   *     to be scored
   * @param judge opens the judge, told what it did in earlier processes; closed here
   */
  public record Cast(
      Function<ContestPlan.Entry, Contestant> opener,
      Optional<Consumer<Consumer<RunScoring>>> scoring,
      Optional<Function<LabelerWork, Labeler>> judge) {}

  /** Does what is left, and returns what summary.json says. */
  public static ObjectNode run(ContestPlan plan, Cast cast, StageListener listener) {
    try (ContestFolder folder = ContestFolder.open(plan.out(), plan.settings())) {
      return new Contest(plan, folder, listener).run(cast);
    }
  }

  private ObjectNode run(Cast cast) {
    Map<String, List<Conversation>> talks = new LinkedHashMap<>();
    for (ContestPlan.Entry entry : plan.entries()) {
      talks.put(entry.name(), talk(entry, cast.opener()));
    }
    Map<String, List<PromptResult>> scores = new LinkedHashMap<>();
    cast.scoring().ifPresent(scoring -> scores.putAll(score(talks, scoring)));
    Map<String, List<JudgedPair>> judged = new LinkedHashMap<>();
    cast.judge().ifPresent(judge -> judged.putAll(judge(talks, judge)));
    ObjectNode summary = new ContestSummary(plan).of(talks, scores, judged);
    folder.summary(summary);
    return summary;
  }

  private List<Conversation> talk(
      ContestPlan.Entry entry, Function<ContestPlan.Entry, Contestant> opener) {
    List<ContestRequest> all = requests(entry);
    JsonLinesChunks file = new JsonLinesChunks(folder.talks(entry.name()), chunk());
    int done = file.done(all.size());
    listener.begin(entry.name() + " answers", "conversations", all.size());
    listener.skip(done);
    if (done < all.size()) {
      try (Contestant contestant = opener.apply(entry)) {
        while (done < all.size()) {
          List<ContestRequest> some = all.subList(done, Math.min(all.size(), done + chunk()));
          file.append(
              done, contestant.talk(some, done).stream().map(Conversation::toJson).toList());
          done += some.size();
          listener.advance(some.size());
        }
      }
    }
    return JsonLines.readAppended(
        file.file(), (line, row) -> Optional.of(Conversation.ofJson(row)));
  }

  private int chunk() {
    return promptsPerChunk * plan.samples();
  }

  private List<ContestRequest> requests(ContestPlan.Entry entry) {
    List<ContestRequest> all = new ArrayList<>();
    for (Prompt prompt : plan.prompts()) {
      Prompt put = entry.rules().map(rules -> rules.over(prompt)).orElse(prompt);
      for (int sample = 0; sample < plan.samples(); sample++) {
        all.add(new ContestRequest(prompt, put, sample));
      }
    }
    return all;
  }

  private Map<String, List<PromptResult>> score(
      Map<String, List<Conversation>> talks, Consumer<Consumer<RunScoring>> scoring) {
    int all = plan.prompts().size();
    boolean left = talks.keySet().stream().anyMatch(name -> scores(name).done(all) < all);
    if (left) {
      scoring.accept(
          opened -> talks.forEach((name, said) -> score(name, said, scores(name), opened)));
    }
    Map<String, List<PromptResult>> results = new LinkedHashMap<>();
    talks.keySet().forEach(name -> results.put(name, scores(name).read()));
    return results;
  }

  private ResultFile scores(String name) {
    return new ResultFile(folder.scores(name), promptsPerChunk);
  }

  private void score(String name, List<Conversation> said, ResultFile file, RunScoring scoring) {
    List<Prompt> prompts = plan.prompts();
    int each = plan.samples();
    int done = file.done(prompts.size());
    listener.begin("scores of " + name, "prompts", prompts.size());
    listener.skip(done);
    while (done < prompts.size()) {
      int end = Math.min(prompts.size(), done + promptsPerChunk);
      List<Prompt> chunk = prompts.subList(done, end);
      List<Prompt> asked =
          chunk.stream().flatMap(one -> Collections.nCopies(each, one).stream()).toList();
      file.append(
          done,
          PromptResult.rows(chunk, scoring.score(asked, said.subList(done * each, end * each))));
      listener.advance(end - done);
      done = end;
    }
  }

  /** Each system against the first. */
  private Map<String, List<JudgedPair>> judge(
      Map<String, List<Conversation>> talks, Function<LabelerWork, Labeler> judge) {
    List<List<Conversation>> first = plan.byPrompt(talks.getOrDefault(plan.against(), List.of()));
    Map<String, List<JudgedPair>> judged = new LinkedHashMap<>();
    for (ContestPlan.Entry entry : plan.entries()) {
      String name = entry.name();
      if (!name.equals(plan.against())) {
        List<List<Conversation>> second = plan.byPrompt(talks.getOrDefault(name, List.of()));
        List<HeadToHead.Said> said = new ArrayList<>();
        for (int i = 0; i < plan.prompts().size(); i++) {
          said.add(new HeadToHead.Said(plan.prompts().get(i), first.get(i), second.get(i)));
        }
        judged.put(
            name,
            new HeadToHead(plan.constitution(), folder.judge(name), listener)
                .judge("judge on " + name, said, judge));
      }
    }
    return judged;
  }
}
