import { createHmac } from 'node:crypto';
import { canonicalAddress } from './address.ts';

/** Hex digits of a pseudonym: two of 100,000 people share one with a chance of half a per cent. */
const digits = 10;

/** A name that already is a pseudonym of ours. */
const given = new RegExp(`^(?:person|phone)-[0-9a-f]{${digits}}$`);

/** Where masked addresses lie: unique local space (RFC 4193) of our own, which no network of others has. */
const maskedNet = 'fd59:4147:5552:4100';

/** What stands for personal data: the same for the same person as long as the key is, and only whoever has the key can guess. */
export interface Pseudonyms {
  /** `person-3f2a901bc7` */
  person(name: string): string;
  /** `person-3f2a901bc7@example.com`: the domain is no person and stays. */
  email(address: string): string;
  /** `phone-3f2a901bc7` */
  phone(number: string): string;
  /** An IPv6 address of a range of its own, so that it still joins alerts. */
  address(address: string): string;
}

export function createPseudonyms(key: string): Pseudonyms {
  const hex = (kind: string, text: string, length: number) =>
    createHmac('sha256', key).update(`${kind}:${text}`).digest('hex').slice(0, length);
  const named = (prefix: string, kind: string, text: string) =>
    given.test(text) ? text : `${prefix}-${hex(kind, text, digits)}`;
  return {
    person: (name) => named('person', 'name', name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()),
    email(address) {
      const lower = address.toLowerCase();
      const at = lower.lastIndexOf('@');
      const local = lower.slice(0, at);
      return `${given.test(local) ? local : named('person', 'email', lower)}${lower.slice(at)}`;
    },
    phone: (number) => (given.test(number) ? number : named('phone', 'phone', number.replace(/\D/g, ''))),
    address(address) {
      const quarters = hex('address', canonicalAddress(address) ?? address, 16).match(/.{4}/g) ?? [];
      return canonicalAddress(`${maskedNet}:${quarters.join(':')}`) ?? address;
    },
  };
}
