import { defaultRoom, policyIn } from '../domain/room.ts';
import type { PolicySource } from '../ports/policy-source.ts';

/** The policy in force as it speaks in a room. */
export function policyInRoom(policy: PolicySource, room: string | undefined): PolicySource {
  return {
    current: () => policyIn(policy.current(), room ?? defaultRoom),
    banner: () => policy.banner(),
  };
}
