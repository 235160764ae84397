/**
 * Questions to a model behind an OpenAI-compatible server, each paid once.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * ChatRequest → AnswerCache ── known ──────────────────────────────┐
 *                    └ unknown → Pace → Budget → HttpTransport ────┴→ ChatAnswer
 *                                  └──── again, later ←─┘ failed
 * </pre>
 *
 * <p><b>Formulas.</b> None.
 *
 * <p><b>Promises.</b> Answers come in the order of the requests, whatever the concurrency. What was
 * answered is on the disk before anybody sees it, and is never asked again. Nothing is sent beyond
 * the budget. A response is bounded in size and time; what a server says is shown shortened,
 * without control characters and without the key. No exception here has a cause that could hold a
 * header.
 *
 * <p><b>Read next.</b> {@code EndpointClient}, {@code AnswerCache}, {@code HttpTransport}.
 */
@NullMarked
package io.arete.rlaif.endpoint;

import org.jspecify.annotations.NullMarked;
