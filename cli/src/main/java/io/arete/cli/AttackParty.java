package io.arete.cli;

import io.arete.engine.CountedRandom;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.attack.party.EndpointSpeaker;
import io.arete.rlaif.attack.party.LocalSpeaker;
import io.arete.rlaif.attack.party.RecordedSpeaker;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.SpeechLog;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.Timekeeper;
import io.arete.rlaif.feedback.LabelerAddress;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Somebody who takes part in a study of attacks, as it is written: {@code FOLDER}, {@code
 * local:FOLDER}, or {@code endpoint:URL#MODEL}.
 *
 * @param role what it does
 * @param text as it was given
 * @param options of endpoints, as they were given
 */
record AttackParty(String role, String text, Map<String, String> options) {

  private static final String SERVER = FeedbackSection.BEHIND_SERVER + ":";

  /**
   * How those are asked who are behind servers.
   *
   * @param parties texts by their roles
   * @param options of endpoints, as they were given
   */
  static List<EndpointSettings> servers(Map<String, String> parties, Map<String, String> options) {
    return parties.values().stream()
        .filter(text -> text.startsWith(SERVER))
        .map(text -> ContestJudge.settings(LabelerAddress.of(text).place(), options))
        .toList();
  }

  /** Opens it, with every reply kept in the log. The caller closes it. */
  Speaker open(
      Path folder, SpeechLog log, long seed, ComputeOptions compute, StageListener listener) {
    CountedRandom draws = CountedRandom.of(seed).at(role);
    LabelerAddress address = LabelerAddress.of(address());
    Speaker speaker =
        switch (address.kind()) {
          case LOCAL ->
              LocalSpeaker.owning(
                  ChatModel.load(
                      Path.of(address.place()),
                      compute.form(),
                      compute.prepare(),
                      compute.device()),
                  draws);
          case ENDPOINT ->
              new EndpointSpeaker(
                  EndpointClient.open(
                      ContestJudge.settings(address.place(), options),
                      System.getenv(),
                      folder.resolve(".payer-" + role),
                      Timekeeper.SYSTEM),
                  draws,
                  listener::note);
        };
    return new RecordedSpeaker(role, speaker, log, listener);
  }

  /** What decides what it says: the model behind the address, too, which may change. */
  String deciding(ComputeOptions compute) {
    return ContestJudge.of(address(), options).deciding(compute);
  }

  /** The model alone, however it is written. */
  String model() {
    return ContestJudge.of(address(), options).model();
  }

  private String address() {
    return text.contains(":") ? text : "local:" + text;
  }
}
