/**
 * Reading files that strangers wrote, and naming every fault in them.
 *
 * <p><b>What flows in and out.</b> A path goes in; text, a YAML tree with line numbers, or one
 * {@link io.arete.engine.AreteException} comes out.
 *
 * <p><b>Promises.</b> Size and depth are checked before memory is taken; YAML anchors, aliases and
 * type tags are refused, so a small file cannot become a large tree; every message names the file
 * and, where there is one, the line.
 *
 * <p><b>Read next.</b> {@code rlaif.data} and {@code rlaif.config}, which give the trees a meaning.
 */
@NullMarked
package io.arete.rlaif.file;

import org.jspecify.annotations.NullMarked;
