import type { ParsedAlert } from '../../domain/alert.ts';
import type { EveryLanguage } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { defined } from '../../normalize/defined.ts';
import { type EntityClaim, entityList } from '../../normalize/entity-list.ts';
import { finding, type Quote } from '../../normalize/finding.ts';
import type { OcsfFinding } from '../../normalize/ocsf/types.ts';
import { homeOf, repositoryOf, resourceOf, senderOf, type Webhook } from './webhook.ts';

/** Something a person or an app did to a repository's protection or to who may reach it. */
export interface Act {
  kind: 'misconfiguration' | 'threat';
  /** GitHub's event and action: `deploy_key.created`. */
  rule: string;
  title: EveryLanguage;
  severity: Severity;
  time: Date;
  /** What it was done to, within the repository: `branch-protection:main`. */
  object: string;
  quoted: readonly Quote[];
  entities?: readonly EntityClaim[];
}

/**
 * The alert of an act. It has no lifecycle: undoing it later is an act of its own, which joins it, and what happened
 * between the two is still to be looked at.
 */
export function actAlert(webhook: Webhook, act: Act): ParsedAlert {
  const repository = repositoryOf(webhook);
  const who = senderOf(webhook);
  return finding({
    kind: act.kind,
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub',
    uid: `${act.rule}/${repository}/${act.object}`,
    title: act.title,
    rule: act.rule,
    severity: act.severity,
    time: act.time,
    entities: entityList([
      ['cloud_resource', repository, 'repository'],
      ['user', who, 'did it'],
      ...(act.entities ?? []),
    ]),
    quoted: [...act.quoted, ['by', who]],
    fingerprint: [`repository:${homeOf(webhook)}`, act.object],
    subject: act.kind === 'threat' ? [] : [`${homeOf(webhook)}:${act.object}`],
    ...classOf(webhook, act),
  });
}

/** OCSF compliance status: 1 pass, 3 fail. */
function classOf(webhook: Webhook, act: Act): { class: OcsfFinding['class_uid']; attributes: Partial<OcsfFinding> } {
  const resources = [resourceOf(webhook)];
  if (act.kind === 'threat') return { class: 2004, attributes: { resources } };
  const passes = act.severity === 'informational';
  const compliance = defined({ control: act.object, status_id: passes ? 1 : 3 });
  return { class: 2003, attributes: { compliance, resources } };
}
