/**
 * Reading the banks.
 *
 * <p><b>What flows in and out.</b> A bank's name goes in, typed values or a list of all its faults
 * come out.
 *
 * <p><b>Promises.</b> A fault names the bank, the line, what stands there and what should.
 *
 * <p><b>Read next.</b> {@code world.bank}.
 */
@NullMarked
package io.arete.world.file;

import org.jspecify.annotations.NullMarked;
