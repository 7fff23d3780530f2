import { fingerprintOf } from '../correlate/join-keys.ts';
import type { ParsedAlert } from '../domain/alert.ts';
import type { Severity } from '../domain/severity.ts';
import { exposureEndWords } from '../messages/exposure-end.ts';
import type { Sql } from '../ports/store.ts';
import type { Arrived } from '../store/pipeline-batch.ts';

/** As the store has it; the issue says it in its language. */
const why = exposureEndWords('en').malicious;

/**
 * What ends because of what came: an alert of Dependabot that was told as a vulnerability and turned out to be of a malicious
 * package is a threat of its own from then on, and its source will say nothing of the vulnerability any more.
 */
export async function turnedMalicious<T extends Omit<Arrived, 'fingerprint'>>(
  tx: Sql,
  arrived: readonly T[],
): Promise<T[]> {
  const before = arrived.flatMap((one) => {
    const alert = asVulnerability(one.triaged.alert);
    return alert === undefined ? [] : [{ one, alert, fingerprint: fingerprintOf(alert) }];
  });
  if (before.length === 0) return [];
  const open = await tx.query<{ fingerprint: string; severity: Severity }>(
    `select fingerprint, effective_severity as severity from alert
     where fingerprint = any($1) and coalesce(lifecycle not in ('fixed', 'dismissed'), true)`,
    [before.map(({ fingerprint }) => fingerprint)],
  );
  const severities = new Map([
    ...arrived.map(({ triaged }) => [fingerprintOf(triaged.alert), triaged.effectiveSeverity] as const),
    ...open.rows.map((row) => [row.fingerprint, row.severity] as const),
  ]);
  return before.flatMap(({ one, alert, fingerprint }) => {
    const effectiveSeverity = severities.get(fingerprint);
    // Its end makes it no worse.
    return effectiveSeverity === undefined ? [] : [{ ...one, triaged: { ...one.triaged, alert, effectiveSeverity } }];
  });
}

/** The end of the vulnerability that a malicious package was told as; undefined for everything else. */
function asVulnerability({ place: malicious, ...alert }: ParsedAlert): ParsedAlert | undefined {
  if (malicious?.by !== 'dependabot' || !malicious.malicious) return undefined;
  const { malicious: _threat, ...place } = malicious;
  return { ...alert, kind: 'vulnerability', place, lifecycle: 'dismissed', lifecycleWhy: why };
}
