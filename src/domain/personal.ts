import { canonicalAddress, inBlock } from './address.ts';
import type { Privacy } from './policy.ts';
import type { Pseudonyms } from './pseudonym.ts';

const email = /(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

/** With its country: without one, nobody knows a telephone number from any other number. */
const phone = /(?<![\w+])\+[1-9]\d{0,2}(?:[ .()/-]{0,2}\d{1,6}){2,6}(?!\d)/g;
const phoneField = /^(?:phone|phone_?number|mobile|mobile_?phone|telephone|tel)$/i;

const address = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]))/gi;

/** Fields that hold the name of a person in OCSF and in products; policy names more. */
const personFields: readonly string[] = [
  'full_name',
  'fullName',
  'given_name',
  'givenName',
  'surname',
  'user.display_name',
  'userDisplayName',
];

/** Masks what is personal. */
export interface PersonalMask {
  /** Whether there may be any in the bytes of a record: false is sure. */
  mayBeIn(bytes: Buffer): boolean;
  /** A text masked, which stands in the field `names` ends with. */
  mask(text: string, names: readonly string[]): string;
}

interface Kind extends PersonalMask {
  wanted(privacy: Privacy): boolean;
}

/** What the policy wants masked; undefined when it keeps everything. */
export function personalMask(privacy: Privacy, pseudonyms: Pseudonyms): PersonalMask | undefined {
  const wanted = kinds(privacy, pseudonyms).filter((kind) => kind.wanted(privacy));
  if (wanted.length === 0) return undefined;
  return {
    mayBeIn: (bytes) => wanted.some((kind) => kind.mayBeIn(bytes)),
    mask: (text, names) => wanted.reduce((masked, kind) => kind.mask(masked, names), text),
  };
}

function kinds(privacy: Privacy, pseudonyms: Pseudonyms): Kind[] {
  return [
    nameKind(privacy, pseudonyms),
    {
      wanted: (policy) => policy.email === 'mask',
      mayBeIn: (bytes) => bytes.includes('@'),
      mask: (text) => (text.includes('@') ? text.replace(email, pseudonyms.email) : text),
    },
    {
      wanted: (policy) => policy.phone === 'mask',
      mayBeIn: (bytes) => /\+[1-9]|\\u002b|phone|mobile|"tel"/i.test(bytes.toString('latin1')),
      mask(text, names) {
        if (phoneField.test(names.at(-1) ?? '') && /\d/.test(text)) return pseudonyms.phone(text);
        if (!text.includes('+')) return text;
        return text.replace(phone, (number) => (isLong(number) ? pseudonyms.phone(number) : number));
      },
    },
    {
      wanted: (policy) => policy.address === 'mask' && policy.staffNetworks.length > 0,
      mayBeIn: () => true,
      mask: (text) =>
        /\d\.\d|:.*:/.test(text)
          ? text.replace(address, (found) => (isStaff(found, privacy) ? pseudonyms.address(found) : found))
          : text,
    },
  ];
}

function nameKind({ nameFields }: Privacy, pseudonyms: Pseudonyms): Kind {
  const fields = [...personFields, ...nameFields].map((path) => path.toLowerCase().split('.'));
  const last = [...new Set(fields.map((path) => path.at(-1)))].join('|');
  const any = new RegExp(`"(?:${last})\\\\*"`, 'i');
  return {
    wanted: (policy) => policy.name === 'mask',
    mayBeIn: (bytes) => any.test(bytes.toString('latin1')),
    mask(text, names) {
      const named = text.trim() !== '' && fields.some((path) => endsWith(names, path));
      return named ? pseudonyms.person(text) : text;
    },
  };
}

/** Digits of an international number: at least 8, at most 15 (E.164). */
function isLong(number: string): boolean {
  const count = number.replace(/\D/g, '').length;
  return count >= 8 && count <= 15;
}

function isStaff(text: string, { staffNetworks }: Privacy): boolean {
  return canonicalAddress(text) !== undefined && staffNetworks.some((block) => inBlock(text, block));
}

/** Whether a field's names, outermost first, end with a path; in any case. */
function endsWith(names: readonly string[], path: readonly string[]): boolean {
  const from = names.length - path.length;
  return from >= 0 && path.every((name, k) => names[from + k]?.toLowerCase() === name);
}
