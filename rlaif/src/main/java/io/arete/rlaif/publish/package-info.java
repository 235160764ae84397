/**
 * What a run has made, as folders that can be shown to others: models with cards, preferences as
 * Parquet.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * RUN/policy/          → RUN/push/NAME-policy/          README.md of PolicyCard
 * RUN/reward/FACET/    → RUN/push/NAME-reward-FACET/    README.md of RewardCards
 * RUN/feedback/, data  → RUN/push/NAME-preferences/     PreferenceRows, README.md of DataCard
 * </pre>
 *
 * <p><b>Promises.</b> The same run gives the same bytes, so a push that was cut finds what has
 * arrived. A card's numbers are those of the run's files, with their intervals. No path of this
 * machine goes out: a base is named as the hub does, or by its folder's last name.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.publish.RunPublication}.
 */
@NullMarked
package io.arete.rlaif.publish;

import org.jspecify.annotations.NullMarked;
