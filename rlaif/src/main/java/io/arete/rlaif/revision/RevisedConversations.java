package io.arete.rlaif.revision;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.RevisionSettings;
import io.arete.rlaif.data.Dialogue;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesChunks;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.RevisionWording;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What supervised fine-tuning learns where the base betters its own replies first: revised replies
 * to train prompts, with ordinary conversations among them, so that to be helpful is not forgotten.
 *
 * @param dialogues the mix, in an order that is drawn
 * @param revised how many of them are revisions
 * @param unchanged how many prompts are left out because no revision could be taken
 */
public record RevisedConversations(List<Dialogue> dialogues, int revised, int unchanged) {

  private static final int PROMPTS_PER_CHUNK = 64;

  /** Copies the talks. */
  public RevisedConversations {
    dialogues = List.copyOf(dialogues);
  }

  /**
   * Makes what is left of {@code sft/revisions.jsonl}, and mixes it.
   *
   * @param ordinary conversations to mix in, as many as the recipe says
   * @throws AreteException if the constitution has no wording for it, or there is no train prompt
   */
  public static RevisedConversations of(StageContext context, List<Dialogue> ordinary) {
    CountedRandom draws = context.draws(Stage.SFT).at("revision");
    List<Revision> revisions = revisions(context, draws);
    List<Dialogue> mix =
        new ArrayList<>(
            revisions.stream().filter(Revision::revised).map(Revision::dialogue).toList());
    int revised = mix.size();
    double share = context.recipe().sft().revision().ordinaryShare();
    long wanted = Math.round(revised * share / (1 - share));
    Arrays.stream(draws.at("ordinary").shuffle(ordinary.size()))
        .limit(wanted)
        .forEach(i -> mix.add(ordinary.get(i)));
    List<Dialogue> shuffled =
        Arrays.stream(draws.at("mix").shuffle(mix.size())).mapToObj(mix::get).toList();
    return new RevisedConversations(shuffled, revised, revisions.size() - revised);
  }

  private static List<Revision> revisions(StageContext context, CountedRandom draws) {
    RevisionSettings settings = context.recipe().sft().revision();
    RevisionWording wording =
        context
            .constitution()
            .revision()
            .orElseThrow(
                () ->
                    new AreteException(
                        "The constitution "
                            + context.constitution().name()
                            + " has no wordings under revision, but sft.revision.rounds is "
                            + settings.rounds()
                            + "; add them, take box:virtues, or set the rounds to 0."));
    List<Prompt> prompts = prompts(context, settings, draws);
    Reviser reviser = new Reviser(context.model(), context.constitution(), wording, settings);
    Path file = context.folder().stage(Stage.SFT).resolve("revisions.jsonl");
    JsonLinesChunks chunks = new JsonLinesChunks(file, PROMPTS_PER_CHUNK);
    int done = chunks.done(prompts.size());
    context.listener().begin("critique and revision", "prompts", prompts.size());
    context.listener().skip(done);
    while (done < prompts.size()) {
      List<Prompt> chunk =
          prompts.subList(done, Math.min(prompts.size(), done + PROMPTS_PER_CHUNK));
      chunks.append(done, reviser.revise(chunk, draws).stream().map(Revision::toJson).toList());
      done += chunk.size();
      context.listener().advance(chunk.size());
    }
    return JsonLines.readAppended(file, (line, row) -> Optional.of(Revision.ofJson(row)));
  }

  private static List<Prompt> prompts(
      StageContext context, RevisionSettings settings, CountedRandom draws) {
    List<Prompt> train = context.data().prompts(Split.TRAIN);
    if (train.isEmpty()) {
      throw new AreteException(
          "There is no train prompt to reply to and revise; give data.prompts or data.pairs, or set"
              + " sft.revision.rounds to 0.");
    }
    int most = settings.prompts() == 0 ? train.size() : settings.prompts();
    return Arrays.stream(draws.at("prompts").shuffle(train.size()))
        .limit(most)
        .mapToObj(train::get)
        .toList();
  }
}
