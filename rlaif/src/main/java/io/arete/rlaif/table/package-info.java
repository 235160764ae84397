/**
 * Files that hold rows with named columns: JSON lines, CSV and Parquet, each row given as a JSON
 * object.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * .jsonl .json .ndjson → JsonLines ┐
 * .csv .tsv .parquet   → DuckDB ───┴→ column names, rows as JSON objects
 * rows as JSON objects → ParquetFile → .parquet
 * </pre>
 *
 * <p><b>Promises.</b> The data is untrusted. DuckDB, which no other package names, opens the one
 * file that was asked for: no other file, no network, no extension that is not in its library, no
 * memory beyond a bound. A file that is damaged is named with its line, where there is one.
 *
 * <p><b>Read next.</b> {@code Table}, {@code DuckDb}.
 */
@NullMarked
package io.arete.rlaif.table;

import org.jspecify.annotations.NullMarked;
