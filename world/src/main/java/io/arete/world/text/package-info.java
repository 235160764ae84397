/**
 * Texts with slots, compared word by word.
 *
 * <p><b>What flows in and out.</b> Templates and fillings make texts; a text's words are matched
 * with templates, and give the fillings back.
 *
 * <p><b>Promises.</b> What {@code fill} makes {@code match} finds.
 *
 * <p><b>Read next.</b> {@code world.bank}.
 */
@NullMarked
package io.arete.world.text;

import org.jspecify.annotations.NullMarked;
