import type { Test } from './expression.ts';
import { one, run } from './glob.ts';

/** A text that is the same for two tests only when they ask the same. */
export function testKey(test: Test): string {
  switch (test.is) {
    case 'text': {
      const parts = test.glob.map((part) => (part === run ? '*' : part === one ? '?' : JSON.stringify(part)));
      return `text ${test.cased} ${parts.join('')}`;
    }
    case 'regex':
      return `regex ${JSON.stringify(test.regex.flags)} ${test.regex.source}`;
    case 'null':
      return 'null';
    case 'exists':
      return `exists ${test.present}`;
    case 'compare':
      return `${test.by} ${test.to}`;
    case 'time':
      return `${test.part} ${test.by} ${test.to}`;
    case 'cidr':
      return `cidr ${test.text}`;
    case 'field':
      return `field ${test.at} ${test.cased} ${test.name}`;
  }
}
