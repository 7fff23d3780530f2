import { read } from '../pages.ts';

const start = '## Connect your organization\n';

/** The README's steps, as a reader has them before them. */
export function connectSteps(page = 'README.md') {
  const text = read(page);
  const [section = ''] = text.slice(text.indexOf(start) + start.length).split(/^### /m);
  const one = (what: string, pattern: RegExp): string => {
    const found = pattern.exec(section)?.[1];
    if (found === undefined) throw new Error(`the README has no ${what} any more`);
    return found;
  };
  return {
    /** `npx --no yagura init DIR` and so on, in order. */
    commands: [...section.matchAll(/`(npx --no yagura [^`]+)`/g)].map(([, command = '']) => command),
    form: {
      action: one('form', /<form action="([^"]+)"/),
      manifest: one('manifest', /name="manifest" value='([^']+)'/),
    },
    conversion: one('request for the key', /`(curl -X POST [^`]+)`/),
    /** Names of the settings the start needs. */
    settings: [...one('start', /(\$ export[\s\S]*?)\$ npm start/).matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name),
    reportForm: one('report form', /copy \[report\.yml\]\(([^)]+)\)/),
  };
}
