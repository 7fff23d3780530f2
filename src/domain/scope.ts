/** Where an alert comes from, as far as its source says. Untrusted text. */
export interface Scope {
  /** Organization or person on GitHub, in lower case. */
  organization?: string;
  /** `owner/name` in lower case. */
  repository?: string;
  /** GitHub's number of it, which stays when the name does not. */
  repositoryId?: number;
  /** The app's installation whose webhook brought it. */
  installation?: number;
  /** Account of a cloud. */
  account?: string;
  region?: string;
}

/** Longest account or region that is kept. */
const longest = 100;

/** Whether both come from one repository, whatever it is called. */
export function isSameRepository(a: Scope | undefined, b: Scope | undefined): boolean {
  return a?.repositoryId !== undefined && a.repositoryId === b?.repositoryId;
}

/** What a finding of OCSF says of the cloud account it is about. */
export function cloudScope(ocsf: Record<string, unknown>): Pick<Scope, 'account' | 'region'> {
  const { account, region } = cloudNamed(ocsf);
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}

/** What stands under `cloud`, by the names of OCSF (`account.uid`) or of the Elastic Common Schema (`account.id`). */
export function cloudNamed(record: object): Record<'account' | 'region' | 'provider', string | undefined> {
  const cloud = objectAt({ ...record }, 'cloud');
  const holder = objectAt(cloud, 'account');
  const account = textAt(holder, 'uid') ?? textAt(holder, 'id');
  return { account, region: textAt(cloud, 'region'), provider: textAt(cloud, 'provider') };
}

function objectAt(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> | undefined {
  const found = value?.[key];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
}

function textAt(value: Record<string, unknown> | undefined, key: string): string | undefined {
  const found = value?.[key];
  const text = typeof found === 'number' ? String(found) : found;
  return typeof text === 'string' && text.length > 0 && text.length <= longest ? text : undefined;
}
