import { z } from 'zod';
import { longestAlone } from '../../domain/emergency.ts';
import { entityTypes } from '../../domain/entity.ts';
import { autonomies } from '../../domain/policy.ts';
import { conditionSchema } from './condition.ts';
import { listOf, strict } from './strict.ts';
import { blockOrDomain, duration, id, login, role, sentence, team } from './values.ts';

const grant = strict({
  people: listOf(login).exactOptional(),
  teams: listOf(team).exactOptional(),
  roles: listOf(role).exactOptional(),
});

const resource = strict({
  id,
  connector: id,
  settings: z.record(z.string(), z.unknown()).exactOptional(),
});

const response = strict({
  id,
  when: conditionSchema,
  entity: listOf(z.enum(entityTypes)),
  action: id,
  resources: listOf(id),
  autonomy: z.enum(autonomies),
  duration,
  max_duration: duration,
  approvals: z.literal([1, 2]).exactOptional(),
  requester_may_approve: z.boolean().exactOptional(),
  emergency: z.boolean().exactOptional(),
  because: sentence,
}).superRefine((rule, context) => {
  if (rule.duration <= rule.max_duration) return;
  context.addIssue({ code: 'custom', path: ['duration'], message: 'longer than max_duration of the same rule.' });
});

/** Front matter of `policies/response.md`: who may do what, where actions happen, and how far Yagura may go. */
export const responseSchema = strict({
  rights: strict({ analyst: grant.exactOptional(), responder: grant.exactOptional() }).exactOptional(),
  resources: z.array(resource).max(200).exactOptional(),
  responses: z.array(response).max(200).exactOptional(),
  approve_within: duration.exactOptional(),
  confirm_within: duration
    .refine((seconds) => seconds <= longestAlone, 'longer than 1h: nothing runs longer on the word of one person.')
    .exactOptional(),
  never_block: listOf(blockOrDomain).exactOptional(),
});
export type ResponseFile = z.output<typeof responseSchema>;
