/**
 * Text and token ids: messages flow in, the prompt's text or ids flow out; ids flow in, text flows
 * out. No tensors.
 *
 * <pre>
 * messages -> ChatTemplate -> text -> Tokenizer -> ids
 *        \______ ConversationEncoder ________/
 * </pre>
 *
 * <p>Promises: nothing is truncated or padded; a special token's text inside a message never
 * becomes that token when {@link io.arete.engine.text.ConversationEncoder} encodes it; sampled
 * reply ids are never encoded anew. Files of a model folder are untrusted: what is wrong with them
 * is an {@link io.arete.engine.AreteException}.
 *
 * <p>Read next: {@link io.arete.engine.text.ConversationEncoder}, then {@link
 * io.arete.engine.text.jinja.JinjaTemplate}.
 */
@NullMarked
package io.arete.engine.text;

import org.jspecify.annotations.NullMarked;
