import type { ModelBudget, Policy } from '../domain/policy.ts';
import { quietByDefault } from '../domain/quiet.ts';

/**
 * Blocks that are never somebody else's alone: private, loopback, link-local, shared, multicast and reserved
 * space (IANA special-purpose address registries). Documentation ranges are left out: examples block them.
 */
const alwaysNeverBlock: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** About what ten investigations of a mid-sized model cost a dollar; a small team's month ends at the price of a lunch. */
const modelBudget: ModelBudget = {
  tokensPerIncident: 400_000,
  moneyPerIncident: 1,
  requestsPerRun: 24,
  minutesPerRun: 15,
  moneyPerMonth: 50,
  runsPerHour: 30,
};

/** What is in force when no policy could ever be read: everything is seen and written down, nobody may do anything. */
export function safeDefaults(repository: string): Policy {
  return {
    commit: 'safe-defaults',
    repository,
    organization: repository.split('/')[0] || 'the organization',
    language: 'en',
    timeZone: 'UTC',
    rooms: [],
    routes: [],
    mode: 'observe',
    joinWindow: 2 * 3_600,
    queue: true,
    quiet: quietByDefault,
    teams: [],
    mention: { severity: 'critical', who: [] },
    description: '',
    people: [],
    onCall: { severity: 'high', takeWithin: 15 * 60 },
    context: [],
    severityFloors: [],
    verdictRules: [],
    grants: {
      analyst: { people: [], teams: [], roles: [] },
      responder: { people: [], teams: [], roles: [] },
    },
    responses: [],
    resources: [],
    approveWithin: 24 * 3_600,
    confirmWithin: 15 * 60,
    neverBlock: [...alwaysNeverBlock],
    budgets: { creationsPerHour: 300, creationsPerMinute: 15 },
    notifications: [],
    playbooks: [],
    modelBudget: { ...modelBudget },
    privacy: { email: 'keep', phone: 'keep', name: 'keep', address: 'keep', nameFields: [], staffNetworks: [] },
    vulnerabilities: {
      days: { critical: 7, high: 30, medium: 90, low: 180 },
      exploitedDays: 7,
      exposedDays: 30,
      bothDays: 2,
      likelyFrom: 0.1,
    },
    detections: [],
    placeholders: {},
    prose: [],
  };
}
