package io.arete.rlaif.attack.prompt;

import io.arete.engine.text.Message;
import io.arete.rlaif.config.AttackSection;
import io.arete.rlaif.data.GivenPrompt;
import io.arete.rlaif.data.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it is put to a system.
 *
 * @param asked what is asked, in the group of its attack
 * @param bare the request without the words of a template; what was given, if there is none
 */
public record AttackRequest(GivenPrompt asked, Prompt bare) {

  /**
   * The requests of a file, and after them each direct one in the words of each template.
   *
   * @param templates where templates are; empty = none
   * @throws io.arete.engine.AreteException that names what is wrong with either
   */
  public static List<AttackRequest> read(Path file, Optional<String> templates) {
    List<GivenPrompt> given = GivenPrompt.read(file, 0);
    List<AttackRequest> requests = new ArrayList<>();
    given.forEach(one -> requests.add(new AttackRequest(one, one.prompt())));
    for (AttackTemplate template : templates.map(TemplateReader::read).orElse(List.of())) {
      given.stream()
          .filter(one -> one.group().equals(AttackSection.DIRECT))
          .forEach(one -> requests.add(wrapped(template, one)));
    }
    return requests;
  }

  /** What came before the person's last words stays as it is. */
  private static AttackRequest wrapped(AttackTemplate template, GivenPrompt direct) {
    List<Message> messages = new ArrayList<>(direct.prompt().messages());
    int last = messages.size() - 1;
    Behavior behavior = Behavior.of(direct.prompt().id(), messages.get(last).content());
    messages.set(last, Message.user(template.prompt(behavior)));
    return new AttackRequest(
        new GivenPrompt(Prompt.of(messages), direct.split(), template.name()), direct.prompt());
  }
}
