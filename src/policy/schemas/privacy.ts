import { z } from 'zod';
import type { Privacy } from '../../domain/policy.ts';
import { shown } from '../problems.ts';
import { listOf, strict } from './strict.ts';
import { block } from './values.ts';

const action = z.enum(['mask', 'keep']);

/** A field of a record, by its name or the end of its path. */
const fieldPath = z.string().regex(/^[\w@-]{1,64}(?:\.[\w@-]{1,64}){0,11}$/, {
  error: (issue) =>
    `${shown(issue.input)} is not the path of a field: names with dots between, such as actor.user.full_name.`,
});

/** Front matter of `policies/privacy.md`: what of people is masked before anything is written. */
export const privacySchema = strict({
  email: action.exactOptional(),
  phone: action.exactOptional(),
  name: action.exactOptional(),
  name_fields: listOf(fieldPath).exactOptional(),
  address: action.exactOptional(),
  staff_networks: listOf(block).exactOptional(),
}).superRefine((given, context) => {
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (given.address === 'mask' && !given.staff_networks)
    problem('address', 'say whose addresses: staff_networks: [10.20.8.0/22].');
  if (given.staff_networks && given.address !== 'mask')
    problem('staff_networks', 'it does nothing without address: mask.');
  if (given.name_fields && given.name !== 'mask') problem('name_fields', 'it does nothing without name: mask.');
});

/** What it says; everything else is kept. */
export function privacyPolicy(data: z.output<typeof privacySchema>): Privacy {
  return {
    email: data.email ?? 'keep',
    phone: data.phone ?? 'keep',
    name: data.name ?? 'keep',
    address: data.address ?? 'keep',
    nameFields: data.name_fields ?? [],
    staffNetworks: data.staff_networks ?? [],
  };
}
