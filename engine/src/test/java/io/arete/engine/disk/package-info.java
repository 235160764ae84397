/**
 * A disk that fails when it is told to, for tests of what a kill or a full disk leaves behind.
 *
 * <p>{@code ChildProcess} starts a JVM whose default file system is a {@code WatchedProvider}: the
 * real one, but every change below one folder is counted by a {@code DiskPlan}, which can end the
 * process at the n-th or refuse all from there on. Product code knows nothing of it.
 */
@NullMarked
package io.arete.engine.disk;

import org.jspecify.annotations.NullMarked;
