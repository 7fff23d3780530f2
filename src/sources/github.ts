import type { ParsedAlert } from '../domain/alert.ts';
import { textAt } from './fields/at.ts';
import { codeScanning, isCodeScanning } from './github/code-scanning.ts';
import { dependabot, isDependabot } from './github/dependabot.ts';
import { isSecretScanning, secretScanning } from './github/secret-scanning.ts';
import { type Webhook, webhookSchema } from './github/webhook.ts';
import type { AlertSource } from './source.ts';

interface Scanner {
  name: string;
  is(webhook: Webhook): boolean;
  read(webhook: Webhook, receivedAt: Date): ParsedAlert;
}

/** Told apart by shape, so that a stored record needs no header to be read again. */
const scanners: Scanner[] = [
  { name: 'secret_scanning_alert', is: isSecretScanning, read: secretScanning },
  { name: 'dependabot_alert', is: isDependabot, read: dependabot },
  { name: 'code_scanning_alert', is: isCodeScanning, read: codeScanning },
];

function recognised(record: unknown): { webhook: Webhook; scanner: Scanner } | undefined {
  const webhook = webhookSchema.safeParse(record);
  const scanner = webhook.success ? scanners.find((candidate) => candidate.is(webhook.data)) : undefined;
  return webhook.success && scanner !== undefined ? { webhook: webhook.data, scanner } : undefined;
}

/** The bodies of GitHub's alert webhooks: secret scanning, Dependabot and code scanning. */
export const github: AlertSource = {
  name: 'github',
  product: { vendor: 'GitHub', name: 'GitHub' },

  eventId(record) {
    const known = recognised(record);
    // Without a time two steps of one alert's life would look the same; then the bytes decide.
    const time = known && textAt(known.webhook.alert, 'updated_at');
    if (known === undefined || time === undefined) return undefined;
    const { webhook, scanner } = known;
    const repository = webhook.repository.id ?? webhook.repository.full_name;
    return [scanner.name, repository, webhook.alert.number, webhook.action, time].join(':');
  },

  recognise(record) {
    return recognised(record) !== undefined;
  },

  parse(record, { receivedAt }) {
    const known = recognised(record);
    if (known === undefined)
      return { error: 'This is not the body of a secret scanning, Dependabot or code scanning alert webhook.' };
    return [known.scanner.read(known.webhook, receivedAt)];
  },
};
