// SPDX-License-Identifier: Apache-2.0
// Answers SQL with DuckDB: node duckdb.mjs SQL... The last statement's rows are printed as JSON, a row per line; 64-bit numbers are text.
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
// Nothing may be fetched: what a query needs must be part of DuckDB.
await connection.run("set autoinstall_known_extensions = false");
let answer;
for (const sql of process.argv.slice(2)) answer = await connection.runAndReadAll(sql);
for (const row of answer?.getRowsJson() ?? []) console.log(JSON.stringify(row));
