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
  const cloud = objectAt(ocsf, 'cloud');
  const account = textAt(objectAt(cloud, 'account'), 'uid');
  const region = textAt(cloud, 'region');
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}

function objectAt(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> | undefined {
  const found = value?.[key];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
}

function textAt(value: Record<string, unknown> | undefined, key: string): string | undefined {
  const found = value?.[key];
  return typeof found === 'string' && found.length > 0 && found.length <= longest ? found : undefined;
}
