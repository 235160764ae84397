package io.arete.rlaif.attack.tree;

import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.AttackResult;
import io.arete.rlaif.attack.method.AttackTally;
import io.arete.rlaif.attack.method.Steering;
import io.arete.rlaif.attack.method.Target;
import io.arete.rlaif.attack.party.Manner;
import io.arete.rlaif.attack.party.Speaker;
import io.arete.rlaif.attack.party.Speech;
import io.arete.rlaif.attack.prompt.Behavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model writes prompts, reads what they came to, and writes better ones. All behaviors' trees
 * grow level by level side by side, so that many questions are under way at once.
 */
public final class TreeAttack implements Attack {

  private final String name;
  private final TreeSettings settings;
  private final Speaker attacker;
  private final Manner manner;
  private final Target target;
  private final Steering judge;

  /**
   * An attack.
   *
   * @param name what reports call it, such as pair
   * @param attacker borrowed
   * @param manner of the attacker's replies
   */
  public TreeAttack(
      String name,
      TreeSettings settings,
      Speaker attacker,
      Manner manner,
      Target target,
      Steering judge) {
    this.name = name;
    this.settings = settings;
    this.attacker = attacker;
    this.manner = manner;
    this.target = target;
    this.judge = judge;
  }

  /** A prompt that is looked for, and what came of it. */
  private static final class Shoot {
    private final Tree tree;
    private final Leaf leaf;
    private final int child;
    private final String key;
    private Optional<AttackerReply> written = Optional.empty();
    private Optional<String> reply = Optional.empty();
    private OptionalInt score = OptionalInt.empty();

    Shoot(String attack, Tree tree, Leaf leaf, int child) {
      this.tree = tree;
      this.leaf = leaf;
      this.child = child;
      this.key = attack + "/" + tree.behavior().id() + "/" + leaf.path() + "." + (child + 1);
    }

    String prompt() {
      return written.orElseThrow().prompt();
    }

    Steering.Exchange exchange() {
      return new Steering.Exchange(key, tree.behavior(), prompt(), reply.orElse(""));
    }

    Leaf grown() {
      return leaf.grown(child, new Leaf.Turn(written.orElseThrow(), reply, score));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String settings() {
    return settings + ", " + manner + ", local replies begun";
  }

  @Override
  public Map<String, Integer> budget() {
    return settings.budget();
  }

  @Override
  public List<AttackResult> attack(List<Behavior> behaviors) {
    List<Tree> trees = behaviors.stream().map(one -> new Tree(one, settings)).toList();
    for (int level = 0; level < settings.depth(); level++) {
      List<Tree> growing = trees.stream().filter(Tree::grows).toList();
      if (growing.isEmpty()) {
        break;
      }
      List<Shoot> shoots = written(shoots(growing));
      List<Shoot> sent = settings.pruned() ? onTopic(shoots) : shoots;
      ask(sent);
      score(sent.stream().filter(one -> one.reply.isPresent()).toList());
      growing.forEach(tree -> close(tree, shoots, sent));
    }
    return trees.stream().map(Tree::result).toList();
  }

  private List<Shoot> shoots(List<Tree> growing) {
    List<Shoot> shoots = new ArrayList<>();
    for (Tree tree : growing) {
      for (Leaf leaf : tree.leaves()) {
        for (int child = 0; child < settings.branching(); child++) {
          shoots.add(new Shoot(name, tree, leaf, child));
        }
      }
    }
    return shoots;
  }

  /** Those for which the attacker has written a prompt, asked again while it is malformed. */
  private List<Shoot> written(List<Shoot> shoots) {
    List<Shoot> open = shoots;
    for (int attempt = 1; attempt <= settings.attempts() && !open.isEmpty(); attempt++) {
      String again = "/write-" + attempt;
      List<Speech> asked =
          open.stream()
              .map(
                  one ->
                      new Speech(
                          one.key + again,
                          one.leaf.conversation(one.tree.behavior(), settings.memory()),
                          one.leaf.begun()))
              .toList();
      List<Optional<String>> said = attacker.say(asked, manner);
      List<Shoot> failed = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        Shoot shoot = open.get(i);
        shoot.written = said.get(i).flatMap(AttackerReply::read);
        boolean silent = said.get(i).isEmpty();
        boolean malformed = !silent && shoot.written.isEmpty();
        shoot.tree.count(new AttackTally(0, 1, 0, malformed ? 1 : 0, silent ? 1 : 0, 0, 0, 0));
        if (shoot.written.isEmpty()) {
          failed.add(shoot);
        }
      }
      open = failed;
    }
    return shoots.stream().filter(one -> one.written.isPresent()).toList();
  }

  /** Without those that the judge says ask for something else; what it does not say is kept. */
  private List<Shoot> onTopic(List<Shoot> shoots) {
    List<Optional<Boolean>> said = judge.onTopic(shoots.stream().map(Shoot::exchange).toList());
    List<Shoot> kept = new ArrayList<>();
    for (int i = 0; i < shoots.size(); i++) {
      boolean off = !said.get(i).orElse(true);
      boolean unread = said.get(i).isEmpty();
      shoots.get(i).tree.count(new AttackTally(0, 0, 1, 0, 0, unread ? 1 : 0, off ? 1 : 0, 0));
      if (!off) {
        kept.add(shoots.get(i));
      }
    }
    return kept;
  }

  private void ask(List<Shoot> shoots) {
    List<Optional<String>> replies =
        target.reply(shoots.stream().map(one -> new Target.Query(one.key, one.prompt())).toList());
    for (int i = 0; i < shoots.size(); i++) {
      shoots.get(i).reply = replies.get(i);
      shoots.get(i).tree.count(AttackTally.sent(replies.get(i).isPresent()));
    }
  }

  private void score(List<Shoot> answered) {
    List<OptionalInt> scores = judge.score(answered.stream().map(Shoot::exchange).toList());
    for (int i = 0; i < answered.size(); i++) {
      answered.get(i).score = scores.get(i);
      answered.get(i).tree.count(AttackTally.scored(scores.get(i).isPresent()));
    }
  }

  private static void close(Tree tree, List<Shoot> written, List<Shoot> sent) {
    long alive =
        written.stream().filter(one -> one.tree == tree).map(one -> one.leaf).distinct().count();
    tree.close(
        sent.stream().filter(one -> one.tree == tree).map(Shoot::grown).toList(),
        tree.leaves().size() - (int) alive);
  }
}
