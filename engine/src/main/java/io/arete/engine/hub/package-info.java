/**
 * Repositories of models and data on a hub that speaks the interface of Hugging Face's: pulled into
 * the cache that Python's programs use too, and pushed from a folder.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * OWNER/NAME → Pull → CACHE/models--OWNER--NAME/        RepoListing, Download, PartialBlob
 *                       blobs/CHECKSUM(.incomplete)
 *                       snapshots/COMMIT/FILE → blobs   HubCache
 *                       refs/REVISION
 * OWNER/NAME → PulledFolder → that snapshot, wherever a model folder is asked for
 * FOLDER     → Push → OWNER/NAME                        LocalFiles, LargeFiles, CommitBody
 * </pre>
 *
 * <p><b>Promises.</b> All that comes from the network is checked before it is used: names before
 * they become names here, sizes before anything is held, contents by the checksum of the hub's list
 * before they get their name. Nothing is written outside of the cache. A transfer that was cut goes
 * on where it was. The token goes into a header to the hub's own scheme, host and port, over https
 * or within this machine, and nowhere else: no message, no log, no other host. No hub is built in.
 *
 * <p><b>Read next.</b> {@link io.arete.engine.hub.Pull}, {@link io.arete.engine.hub.Push}.
 */
@NullMarked
package io.arete.engine.hub;

import org.jspecify.annotations.NullMarked;
