// SPDX-License-Identifier: Apache-2.0
// Works a case by a client whose types come from the service's OpenAPI document alone: what the document does not
// describe does not compile. Usage: node smoke.js ADDRESS TOKEN; prints what it saw as JSON.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const [address, token] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

const { data: ledger } = await client.GET("/api/v1/ledger");
if (!ledger) throw new Error("no ledger");
const { data: cases } = await client.GET("/api/v1/cases", { params: { query: { state: "screened" } } });
const first = cases?.[0];
if (!first) throw new Error("no screened case");

const move = (version: number) =>
  client.POST("/api/v1/cases/{id}/transitions", {
    params: { path: { id: first.id }, header: { "Idempotency-Key": `smoke-${version}` } },
    body: { verb: "triage", evidence_version: version, note: "by a generated client" },
  });
const refused = await move(first.evidence_version + 1);
const moved = await move(first.evidence_version);
const { data: page } = await client.GET("/api/v1/cases/{id}", { params: { path: { id: first.id } } });
const { data: readings } = await client.GET("/api/v1/meters/{meter}/readings", { params: { path: { meter: first.meter } } });
const missing = await client.GET("/api/v1/cases/{id}", { params: { path: { id: "c-9999" } } });

console.log(JSON.stringify({
  unsettled: ledger.received - ledger.stored - ledger.duplicate - ledger.quarantined - ledger.dead_lettered - ledger.pending,
  site: first.site,
  refused: refused.response.status,
  refusal: refused.error?.title,
  moved: moved.data?.state,
  state: page?.state,
  reasons: page?.reasons.length,
  readings: readings?.length,
  missing: missing.response.status,
}));
