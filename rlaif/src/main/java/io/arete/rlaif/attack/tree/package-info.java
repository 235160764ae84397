/**
 * Attacks in which one model writes prompts against another: PAIR and TAP in one engine.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * streams ─→ attacker writes `branching` prompts from each leaf ─→ off-topic ones are cut
 *    ↑                                                                   ↓
 *    └─ the `width` best leaves ←─ steering judge scores ←─ target replies
 * </pre>
 *
 * PAIR (Chao et al. 2023) is several streams, a branching of one, and nothing cut; TAP (Mehrotra et
 * al. 2023) is one stream that branches, and is cut before and after the target is asked.
 *
 * <p><b>Formulas.</b> None.
 *
 * <p><b>Promises.</b> What the attacker writes is untrusted text: bounded, read strictly, asked for
 * again where it is malformed, and counted. A stream without a prompt dies alone. The same seeds
 * and replies give the same tree, whatever else is attacked beside it.
 *
 * <p><b>Read next.</b> {@code TreeAttack}, {@code Tree}, {@code AttackerReply}.
 */
@NullMarked
package io.arete.rlaif.attack.tree;

import org.jspecify.annotations.NullMarked;
