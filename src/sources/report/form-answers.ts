/** GitHub's own limit of an issue's body. */
const longestBody = 65_536;

/** Headings of the Japanese form, by those of the English one. */
const english = new Map([
  ['何を見ましたか', 'what did you see'],
  ['どこで見ましたか', 'where'],
  ['いつのことですか', 'when'],
]);

/** A heading as answers are found by: in English where it is of our form, lower case without its question mark. */
function headingOf(text: string): string {
  const heading = text
    .trim()
    .replace(/[?？]$/, '')
    .toLowerCase();
  return english.get(heading) ?? heading;
}

/** Whether a body is that of the form "Report something suspicious": GitHub drops a form's label that does not exist. */
export function isReportForm(body: string): boolean {
  const headings = [...body.slice(0, longestBody).matchAll(/^### +(.+?)\s*$/gm)].map((m) => headingOf(m[1] ?? ''));
  return headings.includes('what did you see') && (headings.includes('where') || headings.includes('when'));
}

/** The answers of an issue form by heading, lower case without its question mark; all of a body without headings. */
export function formAnswers(body: string): Map<string, string> {
  const [before = '', ...sections] = body
    .slice(0, longestBody)
    .replaceAll('\r\n', '\n')
    .split(/^### +/m);
  const answers = sections.map((section): [string, string] => {
    const [heading = '', ...rest] = section.split('\n');
    const answer = rest.join('\n').trim();
    return [headingOf(heading), answer === '_No response_' ? '' : answer];
  });
  const found = new Map(answers.filter(([, answer]) => answer !== ''));
  return found.size > 0 ? found : new Map(before.trim() === '' ? [] : [['what did you see', before.trim()]]);
}
