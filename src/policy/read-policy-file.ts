import type { z } from 'zod';
import type { NamedTeam, Policy, PolicyProblem } from '../domain/policy.ts';
import type { FileKind } from './file-kind.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { notificationChannels, notificationProblems } from './notification-rules.ts';
import { stepProblems } from './playbook-steps.ts';
import { problemsOf } from './problems.ts';
import { type KnownPlugins, responsePolicy, responseProblems } from './response-rules.ts';
import { budgetsSchema } from './schemas/budgets.ts';
import { contextEntry, contextSchema, personOf } from './schemas/context.ts';
import { notificationsSchema } from './schemas/notifications.ts';
import { playbook, playbookSchema } from './schemas/playbook.ts';
import { privacyPolicy, privacySchema } from './schemas/privacy.ts';
import { responseSchema } from './schemas/response.ts';
import { roomRules, routeRules } from './schemas/rooms.ts';
import { rota, rotaSchema } from './schemas/rota.ts';
import { settingsSchema } from './schemas/settings.ts';
import { severitySchema } from './schemas/severity.ts';
import { triageSchema } from './schemas/triage.ts';
import { kevIn, vulnerabilitiesSchema, vulnerabilityPolicy } from './schemas/vulnerabilities.ts';
import { parseYaml } from './yaml.ts';

/** Files whose body is written for the agent and stands nowhere else. */
const forTheAgent: ReadonlySet<FileKind> = new Set([
  'severity',
  'triage',
  'response',
  'budgets',
  'notifications',
  'privacy',
  'vulnerabilities',
  'knowledge',
]);

/** Reads one file into the policy being built; returns its problems, and leaves the policy alone when it has any. */
export function readPolicyFile(
  kind: FileKind,
  path: string,
  text: string,
  known: KnownPlugins,
  policy: Policy,
): PolicyProblem[] {
  if (kind === 'yaml') {
    if (!path.startsWith('detections/')) return yamlProblems(path, text);
    policy.detections.push({ path, text });
    // All of them are read together, once the rest is known.
    return known.detections && text.trim() !== '' ? [] : yamlProblems(path, text);
  }
  if (kind === 'kev') {
    policy.vulnerabilities = { ...policy.vulnerabilities, kev: kevIn(text) };
    return [];
  }
  const { value, problems } = readFrontMatter(text);
  if (!value) return problems.map((problem) => ({ path, ...problem }));
  if (forTheAgent.has(kind) && value.body.trim() !== '') policy.prose.push({ path, text: value.body.trim() });
  if (kind === 'knowledge') return [];
  if (value.data === undefined) {
    return [{ path, line: 1, message: 'The file has no front matter: it must begin with a line ---.' }];
  }
  return readers[kind]({ path, known, policy, ...value });
}

interface Reading extends FrontMatter {
  path: string;
  known: KnownPlugins;
  policy: Policy;
}

/** The teams among these names, which stand at `at`. */
function namedTeams(names: string[] | undefined, at: string[], { path, lineOf }: Reading): NamedTeam[] {
  return (names ?? []).flatMap((team, k) =>
    team.includes('/') ? [{ team, origin: { path, line: lineOf([...at, k]) } }] : [],
  );
}

const readers: Record<Exclude<FileKind, 'yaml' | 'knowledge' | 'kev'>, (reading: Reading) => PolicyProblem[]> = {
  settings: (reading) =>
    checked(reading, settingsSchema, (data) => {
      const { policy } = reading;
      policy.organization = data.organization ?? policy.organization;
      policy.language = data.language ?? policy.language;
      policy.timeZone = data.time_zone ?? policy.timeZone;
      policy.mode = data.mode ?? policy.mode;
      policy.joinWindow = data.join_window ?? policy.joinWindow;
      policy.queue = data.queue ?? policy.queue;
      policy.quiet = data.quiet ?? policy.quiet;
      policy.mention = data.mention ?? policy.mention;
      policy.teams.push(...namedTeams(data.mention?.who, ['mention', 'who'], reading));
      policy.onCall.severity = data.on_call?.severity ?? policy.onCall.severity;
      policy.onCall.takeWithin = data.on_call?.take_within ?? policy.onCall.takeWithin;
      policy.rooms = roomRules(data, reading.path, reading.lineOf);
      policy.routes = routeRules(data, reading.path, reading.lineOf);
      if (data.accept) policy.accept = data.accept;
      policy.description = reading.body.trim();
      for (const [name, values] of Object.entries(data.placeholders ?? {})) fill(policy, name, values);
    }),

  context: (reading) =>
    checked(reading, contextSchema, (data) => {
      const origin = { path: reading.path, line: reading.lineOf(['name']) };
      reading.policy.context.push({ ...contextEntry(data, reading.body, reading.path), origin });
      reading.policy.people.push(...personOf(data, { ...origin, line: reading.lineOf(['login']) }));
      for (const name of data.placeholder ?? []) {
        const values = (data.entities ?? []).map(({ value }) => value);
        fill(reading.policy, name, values);
      }
    }),

  rota: (reading) =>
    checked(reading, rotaSchema, (data) => {
      reading.policy.onCall.rota = rota(data, reading.path, reading.lineOf);
    }),

  severity: (reading) =>
    checked(reading, severitySchema, (data) => {
      reading.policy.severityFloors = (data.floors ?? []).map((given, i) => ({
        when: given.when,
        atLeast: given.at_least,
        because: given.because,
        origin: { path: reading.path, line: reading.lineOf(['floors', i]) },
      }));
    }),

  triage: (reading) =>
    checked(reading, triageSchema, (data) => {
      reading.policy.verdictRules = (data.verdicts ?? []).map((given, i) => ({
        when: given.when,
        verdict: given.verdict,
        because: given.because,
        origin: { path: reading.path, line: reading.lineOf(['verdicts', i]) },
      }));
    }),

  response: (reading) =>
    checked(reading, responseSchema, (data) => {
      const { path, lineOf, known, policy } = reading;
      const problems = responseProblems(data, path, lineOf, known);
      if (problems.length > 0) return problems;
      Object.assign(policy, responsePolicy(data, path, lineOf));
      for (const right of ['analyst', 'responder'] as const)
        policy.teams.push(...namedTeams(data.rights?.[right]?.teams, ['rights', right, 'teams'], reading));
      policy.approveWithin = data.approve_within ?? policy.approveWithin;
      policy.confirmWithin = data.confirm_within ?? policy.confirmWithin;
      policy.neverBlock.push(...(data.never_block ?? []));
      return [];
    }),

  budgets: (reading) =>
    checked(reading, budgetsSchema, (data) => {
      const { budgets } = reading.policy;
      budgets.creationsPerHour = data.creations_per_hour ?? budgets.creationsPerHour;
      budgets.creationsPerMinute = data.creations_per_minute ?? budgets.creationsPerMinute;
      const { model = {} } = data;
      const before = reading.policy.modelBudget;
      reading.policy.modelBudget = {
        tokensPerIncident: model.tokens_per_incident ?? before.tokensPerIncident,
        moneyPerIncident: model.money_per_incident ?? before.moneyPerIncident,
        requestsPerRun: model.requests_per_run ?? before.requestsPerRun,
        minutesPerRun: model.minutes_per_run ?? before.minutesPerRun,
        moneyPerMonth: model.money_per_month ?? before.moneyPerMonth,
        runsPerHour: model.runs_per_hour ?? before.runsPerHour,
      };
    }),

  notifications: (reading) =>
    checked(reading, notificationsSchema, (data) => {
      const { path, lineOf, known, policy } = reading;
      const problems = notificationProblems(data, path, lineOf, known);
      if (problems.length === 0) policy.notifications = notificationChannels(data, path, lineOf);
      return problems;
    }),

  privacy: (reading) =>
    checked(reading, privacySchema, (data) => {
      reading.policy.privacy = privacyPolicy(data);
    }),

  vulnerabilities: (reading) =>
    checked(reading, vulnerabilitiesSchema, (data) => {
      const { policy } = reading;
      policy.vulnerabilities = vulnerabilityPolicy(data, policy.vulnerabilities);
    }),

  playbook: (reading) =>
    checked(reading, playbookSchema, (data) => {
      const { path, lineOf, known, policy } = reading;
      const problems = stepProblems(data.steps, path, lineOf, known);
      if (problems.length === 0) policy.playbooks.push(playbook(data, reading.body, path));
      return problems;
    }),
};

/** Adds to what a placeholder of rules stands for. */
function fill({ placeholders }: Policy, name: string, values: readonly string[]): void {
  const before = Object.hasOwn(placeholders, name) ? (placeholders[name] ?? []) : [];
  placeholders[name] = [...new Set([...before, ...values])];
}

/** Checks front matter against its schema and hands what is good on; `use` may find problems of its own. */
function checked<Schema extends z.ZodType>(
  reading: Reading,
  schema: Schema,
  use: (data: z.output<Schema>) => PolicyProblem[] | undefined,
): PolicyProblem[] {
  // Front matter of comments only is a file that says nothing yet.
  const parsed = schema.safeParse(reading.data ?? {}, { reportInput: true });
  if (!parsed.success) return problemsOf(reading.path, parsed.error.issues, reading.lineOf);
  return use(parsed.data) ?? [];
}

/** Rules and field maps of later versions: read as YAML, within the same bounds, nothing more. */
function yamlProblems(path: string, text: string): PolicyProblem[] {
  const { documents, problems } = parseYaml(text);
  const empty = problems.length === 0 && documents.length === 0;
  if (empty) return [{ path, line: 1, message: 'The file is empty.' }];
  const shapes = documents.filter(({ data }) => typeof data !== 'object' || data === null || Array.isArray(data));
  return [
    ...problems.map((problem) => ({ path, ...problem })),
    ...shapes.map(({ lineOf }) => ({ path, line: lineOf([]), message: 'Expected lines of "key: value".' })),
  ];
}
